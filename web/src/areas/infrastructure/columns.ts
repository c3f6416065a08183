import { html } from 'lit';
import type { Credential } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { statusTag } from '../../base/feedback.js';
import type { Column } from '../../base/grid.js';
import { exact, moment, relative } from '../../base/moment.js';
import { secretField } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { secretOf } from './secret-of.js';
import { driftStatus, expiryStatus } from './states.js';

function value(credential: Credential) {
  if (!credential.hasValue) return html`<span class="muted">${t('credential.no-value')}</span>`;
  return secretField(secretOf(credential));
}

function state(credential: Credential) {
  if (credential.state === 'GONE') return statusTag('none', t('credential-state.GONE'));
  return driftStatus(credential) || statusTag('ok', t('credential.in-order'));
}

function expires(credential: Credential) {
  if (!credential.expires || credential.expiryState === 'OK') {
    return credential.expires ? html`<span class="clip">${relative(credential.expires)}</span>` : expiryStatus(credential.expiryState);
  }
  return html`${expiryStatus(credential.expiryState)}`;
}

/** Columns of the credential grid; copy and reveal stand right after the user name. */
export function columns(everywhere: boolean): Column<Credential>[] {
  const list: Column<Credential>[] = [
    { id: 'resource', label: t('credential.resource'), min: 14.5, grow: 3, sort: 'resourceName', card: 'lead', cell: (row) => row.resourceName, tip: (row) => [row.resourceName, row.resourceIp].filter(Boolean).join(' · ') },
    { id: 'type', label: t('credential.type'), min: 6.8, grow: 1, sort: 'resourceType', cell: (row) => row.resourceType },
    { id: 'user', label: t('credential.user'), min: 8.5, grow: 2, sort: 'username', card: 'wide', cell: (row) => row.username, tip: (row) => row.username },
    { id: 'state', label: t('credential.state'), min: 8.4, grow: 1, cell: state, tip: (row) => row.drift.map((finding) => t(`drift.${finding}`)).join(' · ') },
    { id: 'expires', label: t('credential.expires'), min: 7.5, grow: 1, sort: 'expires', cell: expires, tip: (row) => (row.expires ? exact(row.expires) : undefined) },
    { id: 'domain', label: t('credential.domain'), min: 5.6, grow: 1, sort: 'domain', cell: (row) => row.domains.join(', ') || '–', tip: (row) => row.domains.join(', ') },
    { id: 'credential', label: t('credential.kind'), min: 4.6, grow: 0.5, sort: 'credentialType', cell: (row) => row.credentialType },
    { id: 'account', label: t('credential.account'), min: 5.6, grow: 0.5, sort: 'accountType', cell: (row) => row.accountType },
    { id: 'changed', label: t('credential.changed'), min: 7.8, grow: 1, sort: 'changed', card: 'none', cell: (row) => moment(row.changed, false), tip: (row) => (row.changed ? exact(row.changed) : undefined) },
    { id: 'source', label: t('credential.source'), min: 8, grow: 1, sort: 'source', card: 'none', cell: (row) => t(`source.${row.source}`) },
  ];
  if (session.can('REVEAL_CREDENTIAL')) {
    list.splice(3, 0, { id: 'password', label: t('credential.password'), min: 9, grow: 0.2, card: 'wide', cell: value });
  }
  if (everywhere) {
    list.splice(2, 0, {
      id: 'environment',
      label: t('credential.environment'),
      min: 8,
      grow: 1,
      cell: (row) => html`<a class="clip" href="/environments/${row.environmentId}">${row.environmentName ?? ''}</a>`,
    });
  }
  return list;
}
