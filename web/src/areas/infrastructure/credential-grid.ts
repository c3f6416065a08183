import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Credential, Facets } from '../../api/schema.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { emptyState, failure } from '../../base/feedback.js';
import '../../base/filter.js';
import '../../base/grid.js';
import { icon } from '../../base/icon.js';
import { show } from '../../base/modal.js';
import { t, type Key } from '../../i18n/t.js';
import { OffsetRows } from '../../base/window.js';
import { columns } from './columns.js';
import { CredentialDrawer } from './credential-drawer.js';
import { ExportDialog } from './export-dialog.js';
import { chosen, FILTERS, isFiltered, options, serverQuery, type FilterName } from './filters.js';

const PAUSE = 200; // milliseconds of typing before the server is asked

/** The four looks at the list that are asked for most. */
const VIEWS: Array<{ id: string; label: Key; query: Partial<Record<FilterName, string[]>> }> = [
  { id: 'all', label: 'view.all', query: {} },
  { id: 'expiry', label: 'view.expiry', query: { expiry: ['EXPIRED', 'DUE_SOON'] } },
  { id: 'drift', label: 'view.drift', query: { drift: ['attention'] } },
  { id: 'gone', label: 'view.gone', query: { state: ['GONE'] } },
];

/** Credentials of one environment, or of all, with search, filters, sorting over the whole set. */
@customElement('credential-grid')
export class CredentialGrid extends LightElement {
  /** Empty for all environments. */
  @property() environment = '';
  @property() label = '';
  @property({ attribute: false }) query = new URLSearchParams();
  @state() private facets: Facets | undefined;
  private rows!: OffsetRows<Credential>;
  #asked = '';
  #timer = 0;
  #drawer: CredentialDrawer | undefined;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('environment') || !this.hasUpdated) void this.loadFacets();
    const wanted = `${this.environment}?${JSON.stringify(serverQuery(this.query))}`;
    if (wanted !== this.#asked) {
      this.#asked = wanted;
      this.rows = this.open();
    }
  }

  private open(): OffsetRows<Credential> {
    const query = serverQuery(this.query);
    const rows = new OffsetRows<Credential>(async (offset, limit) => {
      const window = { ...query, offset, limit };
      const answer = this.environment
        ? await call('GET /api/environments/{id}/credentials', { path: { id: this.environment }, query: window })
        : await call('GET /api/credentials', { query: window });
      queueMicrotask(() => this.requestUpdate());
      return answer;
    });
    return rows;
  }

  private async loadFacets(): Promise<void> {
    const { environment } = this;
    this.facets = undefined;
    try {
      const found = environment
        ? await call('GET /api/environments/{id}/facets', { path: { id: environment } })
        : await call('GET /api/credentials/facets');
      if (environment === this.environment) this.facets = found;
    } catch {
      // the chips offer what is known without the server
    }
  }

  /** After a sync: the same place, new rows. */
  refresh(): void {
    if (this.rows.total) this.rows.refresh();
    else this.rows = this.open(); // an empty list has no grid that would ask again
    this.requestUpdate();
    void this.loadFacets();
  }

  protected override updated(): void {
    const item = this.query.get('item');
    if (item && this.#drawer?.credentialId !== item) void this.openDrawer(item);
    if (!item) this.#drawer?.close();
  }

  private async openDrawer(id: string): Promise<void> {
    if (this.#drawer) {
      this.#drawer.move(id, this.rowOf(id));
      return;
    }
    const drawer = new CredentialDrawer();
    this.#drawer = drawer;
    drawer.environment = this.environment;
    drawer.move(id, this.rowOf(id));
    drawer.step = (by) => this.step(by);
    await show(drawer);
    this.#drawer = undefined;
    if (this.isConnected) go(withQuery({ item: undefined }), { replace: true });
  }

  private rowOf(id: string): Credential | undefined {
    return this.rows.get(this.rows.indexOf((row) => row.id === id));
  }

  private step(by: 1 | -1): void {
    const at = this.rows.indexOf((row) => row.id === this.query.get('item'));
    const next = at < 0 ? undefined : this.rows.get(at + by);
    if (next) go(withQuery({ item: next.id }), { replace: true });
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private look(view: (typeof VIEWS)[number]): void {
    const cleared = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
    go(withQuery({ ...cleared, ...view.query, sort: view.id === 'expiry' ? 'expires' : undefined }), { replace: true });
  }

  private get view(): string | undefined {
    const now = JSON.stringify(FILTERS.map((name) => this.query.getAll(name)));
    return VIEWS.find(({ query }) => JSON.stringify(FILTERS.map((name) => query[name] ?? [])) === now)?.id;
  }

  private clear(): void {
    const cleared = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
    go(withQuery({ ...cleared, q: undefined }), { replace: true });
    const input = this.querySelector<HTMLInputElement>('.search input');
    if (input) input.value = '';
  }

  private export(): void {
    const dialog = new ExportDialog();
    dialog.environment = this.environment;
    dialog.query = serverQuery(this.query);
    dialog.total = this.rows.total ?? 0;
    dialog.filtered = isFiltered(this.query);
    void show(dialog);
  }

  private toolbar() {
    const { total } = this.rows;
    return html`<div class="toolbar">
        <div class="search">
          ${icon('search')}
          <input
            class="input"
            type="search"
            aria-label=${t('credential.search')}
            placeholder=${t('credential.search')}
            .value=${this.query.get('q') ?? ''}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
          />
        </div>
        <div class="segments" role="group" aria-label=${t('view.label')}>
          ${VIEWS.map(
            (view) =>
              html`<button type="button" aria-pressed=${String(this.view === view.id)} @click=${() => this.look(view)}>${t(view.label)}</button>`,
          )}
        </div>
        <span class="muted" role="status">${total === undefined ? '' : t('credential.count', { n: total })}</span>
        <span class="push">
          ${this.environment && session.can('EXPORT_CREDENTIAL')
            ? button({ label: t('action.export'), icon: 'download', disabled: !total, onClick: () => this.export() })
            : nothing}
        </span>
      </div>
      <div class="toolbar chips">${FILTERS.map((name) => this.chip(name))}
        ${isFiltered(this.query) ? button({ label: t('action.clear-filters'), kind: 'quiet', onClick: () => this.clear() }) : nothing}
      </div>`;
  }

  private chip(name: FilterName) {
    const list = options(name, this.facets);
    const values = chosen(this.query, name);
    if (list.length === 0 && values.length === 0) return nothing;
    return html`<ui-filter
      label=${t(`filter.${name}`)}
      .options=${list}
      .values=${values}
      @values=${(event: CustomEvent<string[]>) => go(withQuery({ [name]: event.detail }), { replace: true })}
    ></ui-filter>`;
  }

  private nothing() {
    if (isFiltered(this.query)) {
      return emptyState({
        title: t('list.nothing-matches'),
        text: t('list.nothing-matches-text'),
        shape: 'search',
        action: button({ label: t('action.clear-filters'), onClick: () => this.clear() }),
      });
    }
    return emptyState({ title: t('credential.none'), text: t('credential.none-text'), shape: 'key' });
  }

  protected override render() {
    const { rows } = this;
    return html`${this.toolbar()}
      ${rows.failure ? failure(sentence(rows.failure), () => rows.refresh()) : nothing}
      ${rows.total === 0
        ? html`<div class="card">${this.nothing()}</div>`
        : html`<ui-grid
            label=${this.label}
            .columns=${columns(!this.environment, this.query.has('expiry') || (this.query.get('sort') ?? '').endsWith('expires'))}
            .rows=${rows}
            .key=${(row: Credential) => row.id}
            .sort=${this.query.get('sort') ?? 'resourceName'}
            .selected=${this.query.get('item') ?? ''}
            .cardHeight=${150}
            pickable
            @sort=${(event: CustomEvent<string>) => go(withQuery({ sort: event.detail }), { replace: true })}
            @open=${(event: CustomEvent<Credential>) => go(withQuery({ item: event.detail.id }))}
          ></ui-grid>`}`;
  }
}
