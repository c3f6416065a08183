import { html, nothing } from 'lit';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Secret } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { DetailsDialog, PutDialog } from './change-dialog.js';
import { nameOf } from './secret-value.js';

/** Called after a change; `gone` when there is nothing left to show. */
export type Again = (gone?: 'gone') => void;

async function tried(work: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await withStepUp(work)) !== undefined;
  } catch (failure) {
    toastFailure(sentence(failure));
    return false;
  }
}

async function put(secret: Secret, again: Again): Promise<void> {
  const dialog = new PutDialog();
  dialog.secret = secret;
  if (await show(dialog)) again();
}

async function edit(secret: Secret, again: Again): Promise<void> {
  const dialog = new DetailsDialog();
  dialog.edit(secret);
  if (await show(dialog)) again();
}

async function remove(secret: Secret, again: Again): Promise<void> {
  const path = { id: secret.id };
  if (!(await tried(() => call('DELETE /api/secrets/{id}', { path, version: secret.version })))) return;
  again('gone');
  toast(t('secrets.deleted', { name: nameOf(secret) }), {
    label: t('action.undo'),
    onClick: () => void tried(() => call('POST /api/secrets/{id}/undelete', { path })).then((done) => done && again()),
  });
}

async function undelete(secret: Secret, again: Again): Promise<void> {
  if (await tried(() => call('POST /api/secrets/{id}/undelete', { path: { id: secret.id } }))) again();
}

async function destroy(secret: Secret, again: Again): Promise<void> {
  const sure = await confirm({
    title: t('secrets.destroy'),
    text: t('secrets.destroy-text', { name: nameOf(secret) }),
    action: t('secrets.destroy'),
    danger: true,
    typed: secret.account,
  });
  if (sure && (await tried(async () => (await call('POST /api/secrets/{id}/destroy', { path: { id: secret.id } })) ?? true))) again('gone');
}

/** New value at hand, the rest in a menu; a deleted secret can come back or be destroyed. */
export function actions(secret: Secret, again: Again) {
  const [write, erase] = [session.can('WRITE_SECRET'), session.can('DELETE_SECRET')];
  if (secret.state === 'DELETED') {
    return erase
      ? html`${button({ label: t('secrets.undelete'), icon: 'history', onClick: () => void undelete(secret, again) })}
        ${button({ label: t('secrets.destroy'), icon: 'trash', kind: 'danger', onClick: () => void destroy(secret, again) })}`
      : nothing;
  }
  const items: MenuItem[] = [
    ...(write ? [{ label: t('action.edit'), icon: 'edit' as const, onSelect: () => void edit(secret, again) }] : []),
    ...(erase ? [{ label: t('action.delete'), icon: 'trash' as const, danger: true, apart: true, onSelect: () => void remove(secret, again) }] : []),
  ];
  return html`${write ? button({ label: t('secrets.put'), icon: 'plus', onClick: () => void put(secret, again) }) : nothing}
  ${items.length > 0 ? html`<ui-menu .items=${items} label=${t('action.more')}></ui-menu>` : nothing}`;
}

export async function rollBack(secret: Secret, version: number, again: Again): Promise<void> {
  const sure = await confirm({
    title: t('secrets.roll-back'),
    text: t('secrets.roll-back-text', { n: version, next: secret.version + 1 }),
    action: t('secrets.roll-back'),
  });
  if (!sure) return;
  const body = { version, expectedVersion: secret.version };
  if (await tried(() => call('POST /api/secrets/{id}/rollback', { path: { id: secret.id }, body }))) again();
}
