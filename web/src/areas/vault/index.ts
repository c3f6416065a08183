import './vault.css';
export { SecretsPage } from './secrets.js';
export { SharesPage } from './shares.js';
