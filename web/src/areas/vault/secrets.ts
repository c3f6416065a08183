import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Secret } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead } from '../../base/feedback.js';
import '../../base/grid.js';
import { icon } from '../../base/icon.js';
import { show } from '../../base/modal.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { columns } from './columns.js';
import { SecretExportDialog } from './export-dialog.js';
import './folders.js';
import type { SecretFolders } from './folders.js';
import { SecretDialog } from './secret-dialog.js';
import { SecretDrawer } from './secret-drawer.js';

const PAUSE = 200; // milliseconds of typing before the server is asked
const STATES = ['ACTIVE', 'ARCHIVED', 'DELETED'] as const;
type State = (typeof STATES)[number];

/** The secrets of the tenant: folders on the left, what lies in one on the right. */
@customElement('secrets-page')
export class SecretsPage extends Page {
  private rows!: CursorRows<Secret>;
  @state() private asked: string | undefined;
  #timer = 0;
  #drawer: SecretDrawer | undefined;

  protected override load(): void {}

  private get filter() {
    const one = (name: string) => this.query.get(name) ?? undefined;
    const tag = this.query.getAll('tag');
    return {
      ...(one('q') && { q: one('q')! }),
      ...(one('service') && { service: one('service')! }),
      ...(tag.length > 0 && { tag }),
      ...(one('state') && { state: one('state') as State }),
      ...(one('sort') && { sort: one('sort') as 'name' }),
    };
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    const wanted = JSON.stringify(this.filter);
    if (wanted === this.asked) return;
    this.asked = wanted;
    this.open();
  }

  private open(): void {
    const { filter } = this;
    let whole = 0;
    this.rows = new CursorRows<Secret>(async (cursor, limit) => {
      try {
        const query = { ...filter, limit, ...(cursor ? { cursor } : { total: true }) };
        const { items, next, total } = await call('GET /api/secrets', { query });
        whole = total ?? whole; // counted once
        return { items, total: whole, ...(next && { next }) };
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  private again(): void {
    this.open();
    this.requestUpdate();
    void this.querySelector<SecretFolders>('secret-folders')?.refresh();
  }

  protected override updated(): void {
    const item = this.query.get('item');
    if (item && this.#drawer?.secretId !== item) void this.inspect(item);
    if (!item) this.#drawer?.close();
  }

  private async inspect(id: string): Promise<void> {
    if (this.#drawer) {
      this.#drawer.move(id);
      return;
    }
    const drawer = new SecretDrawer();
    this.#drawer = drawer;
    drawer.step = (by) => this.step(by);
    drawer.changed = () => this.again();
    drawer.move(id);
    await show(drawer);
    this.#drawer = undefined;
    if (this.isConnected) go(withQuery({ item: undefined }), { replace: true });
  }

  private step(by: 1 | -1): void {
    const shown = new URLSearchParams(location.search).get('item'); // `query` follows a moment later
    const at = this.rows.rows.findIndex((row) => row.id === shown);
    const next = at < 0 ? undefined : this.rows.get(at + by);
    if (next) go(withQuery({ item: next.id }), { replace: true });
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private async add(): Promise<void> {
    const dialog = new SecretDialog();
    dialog.start(this.query.get('service') ?? '');
    const added = await show(dialog);
    if (!added) return;
    this.again();
    go(withQuery({ item: added.id }));
  }

  private export(): void {
    const dialog = new SecretExportDialog();
    const { sort: _, ...filter } = this.filter;
    dialog.query = filter as SecretExportDialog['query'];
    void show(dialog);
  }

  private toolbar() {
    const { rows } = this;
    const now = this.query.get('state') ?? 'ACTIVE';
    return html`<div class="toolbar">
        <div class="search">
          ${icon('search')}
          <input
            class="input"
            type="search"
            aria-label=${t('secrets.search')}
            placeholder=${t('secrets.search')}
            .value=${this.query.get('q') ?? ''}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
          />
        </div>
        <div class="segments" role="group" aria-label=${t('view.label')}>
          ${STATES.map(
            (one) =>
              html`<button
                type="button"
                aria-pressed=${String(now === one)}
                @click=${() => go(withQuery({ state: one === 'ACTIVE' ? undefined : one }), { replace: true })}
              >
                ${t(`secrets.view-${one}`)}
              </button>`,
          )}
        </div>
        <span class="muted" role="status">${rows.total === undefined ? '' : t('secrets.count', { n: rows.whole })}</span>
      </div>
      ${this.tags()}`;
  }

  private tags() {
    const tags = this.query.getAll('tag');
    if (tags.length === 0) return nothing;
    return html`<div class="toolbar chips">
      ${tags.map(
        (tag) =>
          html`<button
            type="button"
            class="chip on"
            aria-label=${t('secrets.without-tag', { tag })}
            @click=${() => go(withQuery({ tag: tags.filter((other) => other !== tag) }), { replace: true })}
          >
            ${tag}${icon('close', undefined, 14)}
          </button>`,
      )}
    </div>`;
  }

  private nothing() {
    const narrowed = this.query.has('q') || this.query.has('tag') || this.query.has('service') || this.query.has('state');
    if (narrowed) {
      return emptyState({
        title: t('list.nothing-matches'),
        text: t('list.nothing-matches-text'),
        shape: 'search',
        action: button({ label: t('action.clear-filters'), onClick: () => go('/secrets', { replace: true }) }),
      });
    }
    return emptyState({
      title: t('secrets.none'),
      text: t('secrets.none-text'),
      shape: 'lock',
      action: session.can('WRITE_SECRET')
        ? button({ label: t('secrets.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() })
        : nothing,
    });
  }

  protected override render() {
    const { rows } = this;
    const folder = this.query.get('service') ?? '';
    return html`<div class="page fill">
      ${pageHead({
        title: t('nav.vault'),
        text: folder || t('secrets.text'),
        actions: html`${session.can('EXPORT_SECRET') && this.filter.state !== 'DELETED'
          ? button({ label: t('action.export'), icon: 'download', onClick: () => this.export() })
          : nothing}
        ${session.can('WRITE_SECRET')
          ? button({ label: t('secrets.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() })
          : nothing}`,
      })}
      <div class="vault">
        <secret-folders .folder=${folder}></secret-folders>
        <div class="inside">
          ${this.toolbar()} ${rows.failure ? failure(sentence(rows.failure), () => this.again()) : nothing}
          ${rows.total === 0
            ? html`<div class="card">${this.nothing()}</div>`
            : html`<ui-grid
                label=${t('nav.vault')}
                .columns=${columns(folder)}
                .rows=${rows}
                .key=${(row: Secret) => row.id}
                .sort=${this.query.get('sort') ?? 'name'}
                .selected=${this.query.get('item') ?? ''}
                .cardHeight=${150}
                pickable
                @sort=${(event: CustomEvent<string>) => go(withQuery({ sort: event.detail }), { replace: true })}
                @open=${(event: CustomEvent<Secret>) => go(withQuery({ item: event.detail.id }))}
              ></ui-grid>`}
        </div>
      </div>
    </div>`;
  }
}
