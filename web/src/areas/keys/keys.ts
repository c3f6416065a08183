import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Key, KeyState, KeyType } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead } from '../../base/feedback.js';
import '../../base/filter.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import { icon } from '../../base/icon.js';
import { show } from '../../base/modal.js';
import { exact, moment } from '../../base/moment.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { KeyDialog } from './key-dialog.js';
import { KeyDrawer } from './key-drawer.js';
import { keyState, TYPES } from './words.js';

const PAUSE = 200; // milliseconds of typing before the server is asked

/** Keys that encrypt and sign without leaving. */
@customElement('keys-page')
export class KeysPage extends Page {
  private rows!: CursorRows<Key>;
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
    const filter = { q: one('q'), type: one<KeyType>('type'), state: one<KeyState>('state') };
    this.rows = new CursorRows<Key>(async (cursor, limit) => {
      try {
        const given = Object.fromEntries(Object.entries({ ...filter, cursor }).filter(([, value]) => value !== undefined));
        const found = await call('GET /api/keys', { query: { limit, total: true, ...given } });
        return { ...found, total: found.total ?? found.items.length };
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  private readonly again = (): void => {
    this.open();
    this.requestUpdate();
  };

  private columns(): Column<Key>[] {
    return [
      { id: 'name', label: t('keys.name'), min: 10, grow: 3, card: 'lead', cell: (one) => html`<span class="clip">${one.name}</span>`, tip: (one) => one.name },
      { id: 'type', label: t('keys.type'), min: 10, grow: 1.4, cell: (one) => t(`keys.type-${one.type}`) },
      { id: 'version', label: t('keys.version'), min: 5, grow: 0.6, cell: (one) => String(one.version) },
      { id: 'state', label: t('keys.state'), min: 8, grow: 1, cell: keyState },
      { id: 'changed', label: t('keys.changed'), min: 8, grow: 1, yields: 1, cell: (one) => moment(one.changed, false), tip: (one) => exact(one.changed) },
    ];
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private async add(): Promise<void> {
    const made = await show(new KeyDialog());
    if (made) this.inspect(made);
  }

  private inspect(key: Key): void {
    const drawer = new KeyDrawer();
    drawer.key = key;
    void show(drawer).then(this.again);
  }

  private chip(name: 'type' | 'state', label: string, options: Array<{ value: string; label: string }>) {
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
    const add = session.can('WRITE_KEY') ? button({ label: t('keys.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() }) : nothing;
    const filtered = this.query.size > 0;
    return html`<div class="page fill">
      ${pageHead({ title: t('nav.keys'), text: t('keys.text'), actions: add })}
      <div class="toolbar">
        <div class="search">
          ${icon('search')}
          <input
            class="input"
            type="search"
            aria-label=${t('keys.search')}
            placeholder=${t('keys.search')}
            .value=${this.query.get('q') ?? ''}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
          />
        </div>
        ${this.chip('type', t('keys.type'), TYPES.map((value) => ({ value, label: t(`keys.type-${value}`) })))}
        ${this.chip('state', t('keys.state'), (['ENABLED', 'DISABLED'] as const).map((value) => ({ value, label: t(`keys.state-${value}`) })))}
      </div>
      ${rows.failure ? failure(sentence(rows.failure), this.again) : nothing}
      ${rows.total === 0
        ? html`<div class="card">
            ${emptyState(filtered ? { title: t('list.nothing-matches'), text: t('list.nothing-matches-text'), shape: 'search' } : { title: t('keys.empty'), text: t('keys.empty-text'), shape: 'key' })}
          </div>`
        : html`<ui-grid
            label=${t('nav.keys')}
            .columns=${this.columns()}
            .rows=${rows}
            .key=${(one: Key) => one.id}
            .cardHeight=${118}
            pickable
            @open=${(event: CustomEvent<Key>) => this.inspect(event.detail)}
          ></ui-grid>`}
    </div>`;
  }
}
