export { KeysPage } from './keys.js';
