import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Quota, QuotaUse, Tenant } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

/** Sets limits apart from those of the tier; an empty field follows the tier. */
@customElement('tenant-limits')
export class TenantLimits extends Modal<QuotaUse[]> {
  tenant!: Tenant;
  uses: QuotaUse[] = [];
  private readonly form = new Form(this, {} as Record<Quota, string>);

  of(tenant: Tenant, uses: QuotaUse[]): void {
    this.tenant = tenant;
    this.uses = uses;
    for (const one of uses) this.form.values[one.quota] = one.overridden ? String(one.limit ?? '∞') : '';
  }

  protected override heading() {
    return t('tenants.limits');
  }

  protected override content() {
    return html`<p>${t('tenants.limits-text')}</p>
      ${this.form.summary()}
      ${this.uses.map((one) =>
        field({
          ...this.form.text(one.quota),
          label: t(`quota.${one.quota}`),
          hint: t('tenants.limit-now', { used: one.used }),
          optional: true,
          maxLength: 15,
        }),
      )}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.save'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    this.form.clear();
    const limits: Array<{ quota: Quota; limit?: number }> = [];
    for (const { quota } of this.uses) {
      const text = (this.form.values[quota] ?? '').trim();
      if (text === '∞') limits.push({ quota });
      else if (/^\d{1,15}$/.test(text)) limits.push({ quota, limit: Number(text) });
      else if (text !== '') this.form.errors[quota] = t('tenants.limit-wrong');
    }
    this.requestUpdate();
    if (!this.form.ok) return;
    try {
      const { items } = await call('PUT /api/tenants/{tenant}/quotas', { path: { tenant: this.tenant.id }, body: { limits } });
      toast(t('state.saved'));
      this.close(items);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
