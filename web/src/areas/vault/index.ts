export { SecretsPage } from './secrets.js';
