import { html, nothing, type TemplateResult } from 'lit';
import type { Permission } from '../api/schema.js';
import { icon, type IconName } from '../base/icon.js';
import { t, type Key } from '../i18n/t.js';
import { session } from './session.js';

export interface Entry {
  path: string;
  label: Key;
  icon: IconName;
  needs?: Permission;
  /** The letter after `g`. */
  letter: string;
}

interface Group {
  label?: Key;
  entries: Entry[];
}

const GROUPS: readonly Group[] = [
  { entries: [{ path: '/dashboard', label: 'nav.overview', icon: 'overview', letter: 'o' }] },
  {
    label: 'nav.secrets',
    entries: [
      { path: '/secrets', label: 'nav.vault', icon: 'shield', needs: 'READ_SECRET', letter: 'v' },
      { path: '/shares', label: 'nav.shares', icon: 'users', needs: 'READ_SECRET', letter: 'e' },
      { path: '/keys', label: 'nav.keys', icon: 'lock', needs: 'READ_KEY', letter: 'k' },
      { path: '/environments', label: 'nav.infrastructure', icon: 'server', needs: 'READ_ENVIRONMENT', letter: 'i' },
      { path: '/credentials', label: 'nav.credentials', icon: 'key', needs: 'READ_CREDENTIAL', letter: 'c' },
    ],
  },
  {
    label: 'nav.activity',
    entries: [
      { path: '/audit', label: 'nav.audit', icon: 'audit', needs: 'READ_AUDIT', letter: 'a' },
      { path: '/jobs', label: 'nav.jobs', icon: 'clock', needs: 'READ_JOB', letter: 'j' },
    ],
  },
  {
    label: 'nav.administration',
    entries: [
      { path: '/users', label: 'nav.users', icon: 'users', needs: 'MANAGE_USER', letter: 'u' },
      { path: '/access', label: 'nav.access', icon: 'shield', needs: 'READ_ACCESS', letter: 'r' },
      { path: '/tenants', label: 'nav.tenants', icon: 'server', needs: 'MANAGE_TENANT', letter: 'm' },
      { path: '/tokens', label: 'nav.tokens', icon: 'lock', needs: 'MANAGE_USER', letter: 't' },
      { path: '/system/health', label: 'nav.health', icon: 'heart', needs: 'READ_HEALTH', letter: 'h' },
      { path: '/settings', label: 'nav.settings', icon: 'settings', needs: 'MANAGE_SETTINGS', letter: 's' },
    ],
  },
];

const allowed = (entry: Entry) => !entry.needs || session.can(entry.needs);

/** What this user may go to. */
export const entries = (): Entry[] => GROUPS.flatMap((group) => group.entries).filter(allowed);

export function navigation(path: string, foot: unknown = nothing): TemplateResult {
  const here = (entry: Entry) => path === entry.path || path.startsWith(`${entry.path}/`);
  return html`<nav class="sidenav" aria-label=${t('shell.navigation')}>
    ${GROUPS.map((group) => {
      const shown = group.entries.filter(allowed);
      if (shown.length === 0) return nothing;
      return html`${group.label ? html`<h2>${t(group.label)}</h2>` : nothing}
        <ul>
          ${shown.map(
            (entry) =>
              html`<li>
                <a href=${entry.path} aria-current=${here(entry) ? 'page' : nothing}
                  >${icon(entry.icon)}<span class="word">${t(entry.label)}</span></a
                >
              </li>`,
          )}
        </ul>`;
    })}
    ${foot}
  </nav>`;
}
