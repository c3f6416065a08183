import './audit.js';
import './jobs.js';
