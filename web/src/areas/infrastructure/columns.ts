import { html } from 'lit';
import type { Credential } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { statusTag } from '../../base/feedback.js';
import type { Column } from '../../base/grid.js';
import { exact, moment, relative } from '../../base/moment.js';
import { secretField } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { secretOf } from './secret-of.js';
import { label } from './filters.js';
import { expiryStatus, findingStatus } from './states.js';

function value(credential: Credential) {
  if (!credential.hasValue) return html`<span class="muted">${t('credential.no-value')}</span>`;
  return secretField(secretOf(credential));
}

/** One status word: what asks most. What is only good to know stands in the drawer. */
function state(credential: Credential) {
  if (credential.state === 'GONE') return statusTag('none', t('credential-state.GONE'));
  if (credential.expiryState === 'EXPIRED') return expiryStatus('EXPIRED');
  const worst = credential.attention[0];
  if (worst) return findingStatus(credential, worst);
  if (credential.expiryState === 'DUE_SOON') return expiryStatus('DUE_SOON');
  if (!credential.hasValue) return statusTag('info', t('drift.NO_VALUE'));
  return statusTag('ok', t('credential.in-order'));
}

function expires(credential: Credential) {
  if (credential.expires) return relative(credential.expires);
  return html`<span class="muted clip">${credential.expiryState === 'NEVER' ? t('credential.never') : '–'}</span>`;
}

/** Columns of the credential grid; copy and reveal stand right after the user name. */
export function columns(everywhere: boolean, byExpiry: boolean): Column<Credential>[] {
  const list: Column<Credential>[] = [
    { id: 'resource', label: t('credential.resource'), min: 13, grow: 3, sort: 'resourceName', card: 'lead', cell: (row) => row.resourceName, tip: (row) => [row.resourceName, row.resourceIp].filter(Boolean).join(' · ') },
    { id: 'type', label: t('credential.type'), min: 7.4, grow: 1, sort: 'resourceType', cell: (row) => label('resourceType', row.resourceType) },
    { id: 'user', label: t('credential.user'), min: 8.4, grow: 2, sort: 'username', card: 'wide', cell: (row) => row.username, tip: (row) => row.username },
    { id: 'state', label: t('credential.state'), min: 7.8, grow: 1, cell: state, tip: (row) => row.drift.map((finding) => t(`drift.${finding}`)).join(' · ') },
    { id: 'expires', label: t('credential.expires'), min: 6.6, grow: 1, yields: byExpiry ? 1 : 3, sort: 'expires', cell: expires, tip: (row) => (row.expires ? exact(row.expires) : undefined) },
    { id: 'domain', label: t('credential.domain'), min: 5.6, grow: 1, yields: 1, sort: 'domain', cell: (row) => row.domains.join(', ') || '–', tip: (row) => row.domains.join(', ') },
    { id: 'credential', label: t('credential.kind'), min: 4.8, grow: 0.5, yields: 5, sort: 'credentialType', card: 'none', cell: (row) => row.credentialType },
    { id: 'account', label: t('credential.account'), min: 6, grow: 0.5, yields: 2, sort: 'accountType', cell: (row) => label('accountType', row.accountType) },
    { id: 'changed', label: t('credential.changed'), min: 7.6, grow: 1, yields: byExpiry ? 3 : 2, sort: 'changed', card: 'none', cell: (row) => moment(row.changed, false), tip: (row) => (row.changed ? exact(row.changed) : undefined) },
    { id: 'source', label: t('credential.source'), min: 8, grow: 1, yields: 6, sort: 'source', card: 'none', cell: (row) => t(`source.${row.source}`) },
  ];
  if (session.can('REVEAL_CREDENTIAL')) {
    list.splice(3, 0, { id: 'password', label: t('credential.password'), min: 8.2, grow: 0.2, card: 'wide', cell: value });
  }
  if (everywhere) {
    list.splice(2, 0, {
      id: 'environment',
      label: t('credential.environment'),
      min: 8,
      grow: 1,
      yields: 2,
      cell: (row) => html`<a class="clip" href="/environments/${row.environmentId}">${row.environmentName ?? ''}</a>`,
    });
  }
  return list;
}
