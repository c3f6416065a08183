import { html, nothing } from 'lit';
import type { Secret } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { statusTag } from '../../base/feedback.js';
import type { Column } from '../../base/grid.js';
import { exact, moment, relative } from '../../base/moment.js';
import { secretField } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { nameOf, valueOf } from './secret-value.js';

const SOON = 30 * 86_400_000; // milliseconds before it ends that its row says so

/** One status word: what asks most. */
export function state(secret: Secret) {
  if (secret.state === 'DELETED') return statusTag('none', t('secrets.state-deleted'));
  if (secret.state === 'ARCHIVED') return statusTag('none', t('secrets.state-archived'));
  if (secret.expired) return statusTag('bad', t('expiry.EXPIRED'));
  if (secret.expires && Date.parse(secret.expires) - Date.now() < SOON) return statusTag('warn', t('expiry.DUE_SOON'), 'clock');
  return statusTag('ok', t('secrets.state-active'));
}

/** Columns of the list; inside a folder a name is told from there on. */
export function columns(folder: string): Column<Secret>[] {
  const within = (secret: Secret) => (folder ? nameOf(secret).slice(folder.length + 1) : nameOf(secret));
  const list: Column<Secret>[] = [
    { id: 'name', label: t('secrets.name'), min: 14, grow: 3, sort: 'name', card: 'lead', cell: within, tip: nameOf },
    { id: 'state', label: t('secrets.state'), min: 7.6, grow: 1, cell: state },
    { id: 'tags', label: t('secrets.tags'), min: 8, grow: 2, yields: 2, card: 'wide', cell: (secret) => html`<span class="clip">${secret.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</span>`, tip: (secret) => secret.tags.join(', ') },
    { id: 'version', label: t('secrets.version'), min: 5.4, grow: 0.4, yields: 4, cell: (secret) => String(secret.version) },
    { id: 'expires', label: t('secrets.expires'), min: 7, grow: 1, yields: 3, sort: 'expires', cell: (secret) => (secret.expires ? relative(secret.expires) : html`<span class="muted">–</span>`), tip: (secret) => (secret.expires ? exact(secret.expires) : undefined) },
    { id: 'changed', label: t('secrets.changed'), min: 8, grow: 1, yields: 1, sort: 'changed', cell: (secret) => moment(secret.changed, false), tip: (secret) => `${exact(secret.changed)} · ${secret.changedBy.name}` },
  ];
  if (session.can('REVEAL_SECRET')) {
    list.splice(1, 0, {
      id: 'value',
      label: t('secrets.value'),
      min: 8.2,
      grow: 0.2,
      card: 'wide',
      cell: (secret) => (secret.state === 'DELETED' ? nothing : secretField(valueOf(secret))),
    });
  }
  return list;
}
