import { call, Refused } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Environment, Run } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { confirm } from '../../base/confirm.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { EnvironmentDialog } from './environment-dialog.js';
import { TestDialog } from './test-dialog.js';

/** Starts a run; answers the run that goes on, also when it was started by somebody else. */
export async function syncNow(environment: Environment): Promise<Run | undefined> {
  const path = { id: environment.id };
  try {
    const run = await call('POST /api/environments/{id}/sync', { path });
    toast(t('sync.started', { name: environment.name }));
    return run;
  } catch (failure) {
    const going = failure instanceof Refused && failure.code === 'already-running' ? failure.problem.params?.['run'] : undefined;
    if (going) return call('GET /api/environments/{id}/runs/{run}', { path: { ...path, run: going } });
    toastFailure(sentence(failure));
    return undefined;
  }
}

export async function editEnvironment(environment: Environment): Promise<Environment | undefined> {
  try {
    const fresh = await call('GET /api/environments/{id}', { path: { id: environment.id } });
    const dialog = new EnvironmentDialog();
    dialog.edit(fresh);
    const saved = await show(dialog);
    if (saved) toast(t('state.saved'));
    return saved;
  } catch (failure) {
    toastFailure(sentence(failure));
    return undefined;
  }
}

export async function deleteEnvironment(environment: Environment): Promise<boolean> {
  const sure = await confirm({
    title: t('environments.delete'),
    text: t('environments.delete-text', { name: environment.name, n: environment.credentials }),
    action: t('action.delete'),
    danger: true,
    typed: environment.name,
  });
  if (!sure) return false;
  try {
    await call('DELETE /api/environments/{id}', { path: { id: environment.id }, query: { name: environment.name } });
    toast(t('environments.deleted', { name: environment.name }));
    return true;
  } catch (failure) {
    toastFailure(sentence(failure));
    return false;
  }
}

export function testEnvironment(environment: Environment): void {
  const dialog = new TestDialog();
  dialog.environment = environment;
  void show(dialog);
}

/** What else can be done with an environment, as far as this user may. */
export function environmentMenu(
  environment: Environment,
  then: { changed: (environment: Environment) => void; deleted: () => void },
): MenuItem[] {
  const items: MenuItem[] = [];
  if (session.can('SYNC_ENVIRONMENT')) {
    items.push({ label: t('environments.test'), icon: 'check', onSelect: () => testEnvironment(environment) });
  }
  if (session.can('MANAGE_ENVIRONMENT')) {
    items.push(
      {
        label: t('action.edit'),
        icon: 'edit',
        onSelect: () => void editEnvironment(environment).then((saved) => saved && then.changed(saved)),
      },
      {
        label: t('action.delete'),
        icon: 'trash',
        danger: true,
        apart: true,
        onSelect: () => void deleteEnvironment(environment).then((done) => done && then.deleted()),
      },
    );
  }
  return items;
}
