import './environments.js';
import './environment.js';
import './credentials.js';
