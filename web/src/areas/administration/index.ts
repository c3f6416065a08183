import './users.js';
import './tokens.js';
import './health.js';
import './settings.js';
