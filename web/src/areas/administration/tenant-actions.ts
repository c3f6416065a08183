import { html } from 'lit';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Tenant } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { withStepUp } from '../../app/step-up.js';
import { confirm } from '../../base/confirm.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { TenantDialog } from './tenant-dialog.js';

async function tried(work: () => Promise<unknown>, said: string): Promise<boolean> {
  try {
    await work();
    toast(said);
    return true;
  } catch (failure) {
    toastFailure(sentence(failure));
    return false;
  }
}

async function suspend({ id, name }: Tenant): Promise<boolean> {
  const question = { title: t('tenants.suspend'), text: t('tenants.suspend-text', { name }), action: t('tenants.suspend'), danger: true };
  return (await confirm(question)) && tried(() => call('POST /api/tenants/{tenant}/suspend', { path: { tenant: id } }), t('state.saved'));
}

/** Deletes a tenant by its typed name; says before what will be unreadable and what stays. */
async function erase({ id, name }: Tenant): Promise<boolean> {
  const text = html`<p>${t('tenants.delete-text')}</p>
    <ul class="list">
      <li>${t('tenants.shredded')}</li>
      <li>${t('tenants.unreadable')}</li>
      <li>${t('tenants.stays')}</li>
      <li>${t('tenants.receipt')}</li>
    </ul>`;
  if (!(await confirm({ title: t('tenants.delete'), text, action: t('tenants.delete'), danger: true, typed: name }))) return false;
  let done = false;
  await tried(async () => {
    await withStepUp(async () => {
      await call('DELETE /api/tenants/{tenant}', { path: { tenant: id }, query: { name } });
      done = true;
    });
  }, t('tenants.delete-begun', { name }));
  return done;
}

/** What can be done with a tenant; the own one can be neither suspended nor deleted. */
export function tenantMenu(tenant: Tenant, changed: () => void): MenuItem[] {
  const path = { tenant: tenant.id };
  const then = (work: Promise<unknown>) => void work.then((done) => done && changed());
  const items: MenuItem[] = [
    {
      label: t('tenants.edit'),
      icon: 'edit',
      onSelect: () => {
        const dialog = new TenantDialog();
        dialog.edit(tenant);
        then(show(dialog));
      },
    },
  ];
  if (tenant.name === 'default' || tenant.id === session.me?.tenant.id) return items;
  if (tenant.status === 'ACTIVE') {
    items.push({ label: t('tenants.suspend'), icon: 'pause', apart: true, onSelect: () => then(suspend(tenant)) });
  } else if (tenant.status === 'SUSPENDED') {
    items.push({
      label: t('tenants.resume'),
      icon: 'check',
      onSelect: () => then(tried(() => call('POST /api/tenants/{tenant}/activate', { path }), t('state.saved'))),
    });
  }
  items.push({ label: t('action.delete'), icon: 'trash', danger: true, onSelect: () => then(erase(tenant)) });
  return items;
}
