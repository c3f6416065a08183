import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Tenant, Tier } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field, select, toggle } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

export const TIERS: Tier[] = ['FREE', 'BASIC', 'PROFESSIONAL', 'ENTERPRISE'];

/** Makes a tenant, or gives one another tier and other rules. */
@customElement('tenant-dialog')
export class TenantDialog extends Modal<Tenant> {
  private tenant: Tenant | undefined;
  private readonly form = new Form(this, { name: '', tier: 'BASIC' as Tier, sharing: true, caching: true, 'rules.addresses': '' });

  edit(tenant: Tenant): void {
    this.tenant = tenant;
    const { sharing, caching, addresses } = tenant.rules;
    Object.assign(this.form.values, { tier: tenant.tier, sharing, caching, 'rules.addresses': addresses.join(' ') });
  }

  protected override heading() {
    return this.tenant ? t('tenants.change-tier', { name: this.tenant.name }) : t('tenants.add');
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${this.tenant
        ? nothing
        : field({ ...form.text('name'), label: t('tenants.name'), hint: t('tenants.name-hint'), maxLength: 64, focus: true })}
      ${select({
        id: 'f-tier',
        label: t('tenants.tier'),
        value: form.values.tier,
        choices: TIERS.map((value) => ({ value, label: t(`tier.${value}`) })),
        hint: t(`tier-text.${form.values.tier}`),
        error: form.errors['tier'],
        onChange: (value) => form.set('tier', value as Tier),
      })}
      ${this.rule('sharing')} ${this.rule('caching')}
      ${field({ ...form.text('rules.addresses'), label: t('tenants.addresses'), hint: t('tokens.addresses-hint'), optional: true })}`;
  }

  private rule(name: 'sharing' | 'caching') {
    return toggle({
      id: `f-${name}`,
      label: t(`tenants.${name}`),
      hint: t(`tenants.${name}-hint`),
      checked: this.form.values[name],
      onChange: (on) => this.form.set(name, on),
    });
  }

  protected override footer() {
    const label = this.tenant ? t('action.save') : t('tenants.add');
    return html`${this.cancelButton()} ${button({ label, kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { tenant } = this;
    const { name, tier, sharing, caching } = this.form.values;
    if (!tenant && !this.form.require('name')) return;
    const addresses = this.form.values['rules.addresses'].split(/[\s,]+/).filter(Boolean);
    const rules = { ...tenant?.rules, sharing, caching, addresses };
    try {
      const saved = tenant
        ? await call('PUT /api/tenants/{tenant}', {
            path: { tenant: tenant.id },
            version: tenant.version,
            body: { tier, rules, metadata: tenant.metadata },
          })
        : await call('POST /api/tenants', { body: { name: name.trim(), tier, rules } });
      toast(tenant ? t('state.saved') : t('tenants.added', { name: saved.name }));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
