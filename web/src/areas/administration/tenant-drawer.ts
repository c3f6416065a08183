import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { QuotaUse, Tenant, TenantUser } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { failure, skeleton, statusTag } from '../../base/feedback.js';
import { Modal, show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { language, t } from '../../i18n/t.js';
import { roleName } from './roles.js';
import { TenantLimits } from './tenant-limits.js';
import { tenantState } from './tenants.js';

const NEAR = 0.8; // of a limit, from which on the server warns

/** One tenant: what it uses of what it may, and who belongs to it. */
@customElement('tenant-drawer')
export class TenantDrawer extends Modal {
  tenant!: Tenant;
  @state() private uses: QuotaUse[] | undefined;
  @state() private users: TenantUser[] | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const path = { tenant: this.tenant.id };
    try {
      const [uses, users] = await Promise.all([
        call('GET /api/tenants/{tenant}/quotas', { path }),
        call('GET /api/tenants/{tenant}/users', { path, query: { limit: 100 } }),
      ]);
      this.uses = uses.items;
      this.users = users.items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async limit(uses: QuotaUse[]): Promise<void> {
    const dialog = new TenantLimits();
    dialog.of(this.tenant, uses);
    this.uses = (await show(dialog)) ?? uses;
  }

  private amount({ quota }: QuotaUse, n: number): string {
    const numbers = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
    return quota === 'STORAGE_BYTES' ? `${numbers.format(n / 1024 / 1024)} MiB` : numbers.format(n);
  }

  private bar(use: QuotaUse): TemplateResult {
    const { quota, used, limit, overridden } = use;
    const name = t(`quota.${quota}`);
    const text =
      limit === undefined
        ? t('tenants.unlimited', { used: this.amount(use, used) })
        : t('tenants.used-of', { used: this.amount(use, used), limit: this.amount(use, limit) });
    const near = limit !== undefined && used >= limit * NEAR;
    return html`<div class="progress">
      <div class="row spread">
        <span>${name} ${overridden ? html`<span class="tag">${t('tenants.own-limit')}</span>` : nothing}</span>
        <span class="nowrap">${near ? statusTag(used >= limit ? 'bad' : 'warn', text) : html`<span class="muted">${text}</span>`}</span>
      </div>
      ${limit === undefined ? nothing : html`<progress max=${Math.max(limit, 1)} value=${Math.min(used, limit)} aria-label=${`${name}: ${text}`}></progress>`}
    </div>`;
  }

  protected override heading() {
    return this.tenant.name;
  }

  protected override content() {
    const { tenant, uses, users } = this;
    return html`<dl class="facts">
        <dt>${t('users.state')}</dt>
        <dd>${tenantState(tenant.status)}</dd>
        <dt>${t('tenants.tier')}</dt>
        <dd>${t(`tier.${tenant.tier}`)}<div class="muted small">${t(`tier-text.${tenant.tier}`)}</div></dd>
        <dt>${t('users.created')}</dt>
        <dd>${moment(tenant.created)}</dd>
      </dl>
      ${this.failure
        ? failure(sentence(this.failure), () => void this.load())
        : uses && users
          ? html`<section class="stack">
                <div class="row spread">
                  <h3>${t('tenants.quotas')}</h3>
                  ${button({ label: t('tenants.limits'), icon: 'edit', onClick: () => void this.limit(uses) })}
                </div>
                ${uses.map((use) => this.bar(use))}
              </section>
              <section class="stack">
                <h3>${t('nav.users')}</h3>
                ${users.length === 0 ? html`<p class="muted">${t('tenants.no-users')}</p>` : nothing}
                <ul class="list">
                  ${users.map(
                    (one) =>
                      html`<li>
                        <div class="main"><b>${one.username ?? one.user}</b></div>
                        <span class="muted">${roleName(one.role)}</span>
                      </li>`,
                  )}
                </ul>
              </section>`
          : skeleton(4)}`;
  }
}
