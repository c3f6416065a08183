import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Tenant, TenantStatus, Tier } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead, statusTag, type Tone } from '../../base/feedback.js';
import '../../base/filter.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import { icon } from '../../base/icon.js';
import '../../base/menu.js';
import { show } from '../../base/modal.js';
import { exact, moment } from '../../base/moment.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { tenantMenu } from './tenant-actions.js';
import { TenantDialog, TIERS } from './tenant-dialog.js';
import { TenantDrawer } from './tenant-drawer.js';

const STATES: TenantStatus[] = ['ACTIVE', 'SUSPENDED', 'PENDING', 'DISABLED'];
const TONES: Record<TenantStatus, Tone> = { ACTIVE: 'ok', SUSPENDED: 'warn', PENDING: 'info', DISABLED: 'none' };
const PAUSE = 200; // milliseconds of typing before the server is asked

export const tenantState = (status: TenantStatus) => statusTag(TONES[status], t(`tenant-state.${status}`));

/** The tenants of the platform, and what each may use. */
@customElement('tenants-page')
export class TenantsPage extends Page {
  private rows!: CursorRows<Tenant>;
  @state() private asked = '';
  #timer = 0;

  protected override load(): void {}

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    const wanted = this.query.toString();
    if (this.rows && wanted === this.asked) return;
    this.asked = wanted;
    this.open();
  }

  private open(): void {
    const one = <T extends string>(name: string) => (this.query.get(name) ?? undefined) as T | undefined;
    const filter = { q: one('q'), tier: one<Tier>('tier'), status: one<TenantStatus>('status') };
    this.rows = new CursorRows<Tenant>(async (cursor, limit) => {
      try {
        const given = Object.fromEntries(Object.entries({ ...filter, cursor }).filter(([, value]) => value !== undefined));
        return await call('GET /api/tenants', { query: { limit, ...given } });
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  private again(): void {
    this.open();
    this.requestUpdate();
  }

  private columns(): Column<Tenant>[] {
    return [
      { id: 'name', label: t('tenants.name'), min: 10, grow: 3, card: 'lead', cell: (one) => html`<span class="clip">${one.name}</span>` },
      { id: 'tier', label: t('tenants.tier'), min: 8, grow: 1, cell: (one) => t(`tier.${one.tier}`) },
      { id: 'status', label: t('users.state'), min: 8, grow: 1, cell: (one) => tenantState(one.status) },
      { id: 'created', label: t('users.created'), min: 8, grow: 1, cell: (one) => moment(one.created, false), tip: (one) => exact(one.created) },
      { id: 'menu', label: '', min: 3.2, grow: 0, end: true, card: 'corner', cell: (one) => html`<ui-menu .items=${tenantMenu(one, () => this.again())} label=${t('users.actions', { name: one.name })} kind="quiet" mini></ui-menu>` },
    ];
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private async add(): Promise<void> {
    if (await show(new TenantDialog())) this.again();
  }

  private inspect(tenant: Tenant): void {
    const drawer = new TenantDrawer();
    drawer.tenant = tenant;
    void show(drawer).then(() => this.again());
  }

  private chip(name: 'tier' | 'status', label: string, options: Array<{ value: string; label: string }>) {
    const value = this.query.get(name);
    return html`<ui-filter
      label=${label}
      .options=${options}
      .values=${value ? [value] : []}
      @values=${(event: CustomEvent<string[]>) => go(withQuery({ [name]: event.detail.at(-1) }), { replace: true })}
    ></ui-filter>`;
  }

  protected override render() {
    const { rows } = this;
    return html`<div class="page fill">
      ${pageHead({
        title: t('nav.tenants'),
        text: t('tenants.text'),
        actions: button({ label: t('tenants.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() }),
      })}
      <div class="toolbar">
        <div class="search">
          ${icon('search')}
          <input
            class="input"
            type="search"
            aria-label=${t('tenants.search')}
            placeholder=${t('tenants.search')}
            .value=${this.query.get('q') ?? ''}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
          />
        </div>
        ${this.chip('tier', t('tenants.tier'), TIERS.map((value) => ({ value, label: t(`tier.${value}`) })))}
        ${this.chip('status', t('users.state'), STATES.map((value) => ({ value, label: t(`tenant-state.${value}`) })))}
        <span class="muted" role="status">${rows.total === undefined ? '' : t('tenants.count', { n: rows.whole })}</span>
      </div>
      ${rows.failure ? failure(sentence(rows.failure), () => this.again()) : nothing}
      ${rows.total === 0
        ? html`<div class="card">${emptyState({ title: t('list.nothing-matches'), text: t('list.nothing-matches-text'), shape: 'search' })}</div>`
        : html`<ui-grid
            label=${t('nav.tenants')}
            .columns=${this.columns()}
            .rows=${rows}
            .key=${(one: Tenant) => one.id}
            .cardHeight=${96}
            pickable
            @open=${(event: CustomEvent<Tenant>) => this.inspect(event.detail)}
          ></ui-grid>`}
    </div>`;
  }
}
