import type { Route } from './router.js';

const infrastructure = () => import('../areas/infrastructure/index.js');
const activity = () => import('../areas/activity/index.js');
const administration = () => import('../areas/administration/index.js');

/** Every page. Addresses equal those of the API where there is one. */
export const ROUTES: readonly Route[] = [
  { path: '/dashboard', tag: 'overview-page', load: () => import('../areas/overview/index.js'), heading: 'nav.overview' },
  { path: '/secrets', tag: 'secrets-page', load: () => import('../areas/vault/index.js'), heading: 'nav.vault', needs: 'READ_SECRET' },
  { path: '/shares', tag: 'shares-page', load: () => import('../areas/vault/index.js'), heading: 'nav.shares', needs: 'READ_SECRET' },
  { path: '/keys', tag: 'keys-page', load: () => import('../areas/keys/index.js'), heading: 'nav.keys', needs: 'READ_KEY' },
  { path: '/environments', tag: 'environments-page', load: infrastructure, heading: 'nav.infrastructure', needs: 'READ_ENVIRONMENT' },
  { path: '/credentials', tag: 'credentials-page', load: infrastructure, heading: 'nav.credentials', needs: 'READ_CREDENTIAL' },
  { path: '/environments/:id', tag: 'environment-page', load: infrastructure, heading: 'nav.infrastructure', needs: 'READ_ENVIRONMENT' },
  { path: '/environments/:id/:tab', tag: 'environment-page', load: infrastructure, heading: 'nav.infrastructure', needs: 'READ_ENVIRONMENT' },
  { path: '/audit', tag: 'audit-page', load: activity, heading: 'nav.audit', needs: 'READ_AUDIT' },
  { path: '/jobs', tag: 'jobs-page', load: activity, heading: 'nav.jobs', needs: 'READ_JOB' },
  { path: '/users', tag: 'users-page', load: administration, heading: 'nav.users', needs: 'MANAGE_USER' },
  { path: '/access', tag: 'access-page', load: administration, heading: 'nav.access', needs: 'READ_ACCESS' },
  { path: '/tenants', tag: 'tenants-page', load: administration, heading: 'nav.tenants', needs: 'MANAGE_TENANT' },
  { path: '/tokens', tag: 'tokens-page', load: administration, heading: 'nav.tokens', needs: 'MANAGE_USER' },
  { path: '/system/health', tag: 'health-page', load: administration, heading: 'nav.health', needs: 'READ_HEALTH' },
  { path: '/settings', tag: 'settings-page', load: administration, heading: 'nav.settings', needs: 'MANAGE_SETTINGS' },
  { path: '/me', tag: 'me-page', load: () => import('../areas/me/index.js'), heading: 'nav.me' },
  ...(import.meta.env.DEV
    ? [{ path: '/dev/gallery', tag: 'gallery-page', load: () => import('../areas/gallery/index.js'), heading: 'nav.overview' } as const]
    : []),
];

/** Where older and shorter addresses lead. */
export function forward(path: string): string | undefined {
  if (path === '/' || path === '/login' || path === '/setup') return '/dashboard';
  const environment = /^\/(?:view|environment)\/([^/]+)$/.exec(path)?.[1];
  if (environment) return `/environments/${environment}`;
  if (path === '/change-password') return '/me';
  if (path === '/infrastructure') return '/environments';
  return undefined;
}
