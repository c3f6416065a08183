import './vault.css';
export { SecretsPage } from './secrets.js';
