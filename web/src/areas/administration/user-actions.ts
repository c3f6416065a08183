import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { User } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { confirm } from '../../base/confirm.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { ResetDialog } from './reset-dialog.js';
import { UserDialog } from './user-dialog.js';

/** Does it and says so; a failure is told. */
export async function tried(work: () => Promise<unknown>, said: string): Promise<boolean> {
  try {
    await work();
    toast(said);
    return true;
  } catch (failure) {
    toastFailure(sentence(failure));
    return false;
  }
}

async function disable(user: User): Promise<boolean> {
  const name = user.username;
  const sure = await confirm({ title: t('users.disable'), text: t('users.disable-text', { name }), action: t('users.disable'), danger: true });
  return sure && tried(() => call('POST /api/users/{user}/disable', { path: { user: user.id } }), t('state.saved'));
}

async function erase(user: User): Promise<boolean> {
  const name = user.username;
  const sure = await confirm({ title: t('action.delete'), text: t('users.delete-text', { name }), action: t('action.delete'), danger: true });
  return sure && tried(() => call('DELETE /api/users/{user}', { path: { user: user.id } }), t('users.deleted', { name }));
}

/** What can be done with an account; oneself can be neither disabled nor deleted. */
export function userMenu(user: User, changed: () => void): MenuItem[] {
  const path = { user: user.id };
  const then = (work: Promise<unknown>) => void work.then((done) => done && changed());
  const items: MenuItem[] = [
    {
      label: t('action.edit'),
      icon: 'edit',
      onSelect: () => {
        const dialog = new UserDialog();
        dialog.edit(user);
        then(show(dialog));
      },
    },
    {
      label: t('users.reset'),
      icon: 'key',
      onSelect: () => {
        const dialog = new ResetDialog();
        dialog.user = user;
        then(show(dialog));
      },
    },
  ];
  if (user.state === 'LOCKED') {
    items.push({
      label: t('users.unlock'),
      icon: 'lock',
      onSelect: () => then(tried(() => call('POST /api/users/{user}/unlock', { path }), t('state.saved'))),
    });
  }
  if (user.id === session.me?.id) return items;
  if (user.state === 'DISABLED') {
    items.push({
      label: t('users.enable'),
      icon: 'check',
      onSelect: () => then(tried(() => call('POST /api/users/{user}/enable', { path }), t('state.saved'))),
    });
  } else {
    items.push({ label: t('users.disable'), icon: 'pause', apart: true, onSelect: () => then(disable(user)) });
  }
  items.push({ label: t('action.delete'), icon: 'trash', danger: true, onSelect: () => then(erase(user)) });
  return items;
}
