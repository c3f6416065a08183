import './users.js';
import './tokens.js';
import './access.js';
import './tenants.js';
import './health.js';
import './settings.js';
