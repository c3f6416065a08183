import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call, download } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Event as LedgerEvent, Operations, Outcome, Severity, Verdict } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { banner, emptyState, failure, pageHead, statusTag, type Tone } from '../../base/feedback.js';
import { select } from '../../base/fields.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import { icon } from '../../base/icon.js';
import '../../base/menu.js';
import { show } from '../../base/modal.js';
import { count, exact, moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { CursorRows } from '../../base/window.js';
import { t, tryText } from '../../i18n/t.js';
import { EventDrawer } from './event-drawer.js';
import { eventPlace, eventText, type Names } from './words.js';

type Query = NonNullable<Operations['GET /api/audit']['query']>;

const MOST_NAMES = 1_000; // environments whose names are shown
const PAUSE = 200; // milliseconds of typing before the server is asked
const AREAS = ['credential', 'environment', 'session', 'access', 'user', 'token', 'settings', 'audit', 'setup'] as const;
const OUTCOMES: Outcome[] = ['SUCCESS', 'REFUSED', 'FAILED'];
const SEVERITIES: Severity[] = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'];
const TONES: Record<Outcome, Tone> = { SUCCESS: 'ok', REFUSED: 'warn', FAILED: 'bad' };
const FIELDS = ['q', 'type', 'outcome', 'severity', 'actor', 'resource', 'from', 'to'] as const;

const columns = (names: Names): Column<LedgerEvent>[] => [
  { id: 'time', label: t('audit.time'), min: 8, grow: 1, cell: (row) => moment(row.time, false), tip: (row) => exact(row.time) },
  { id: 'actor', label: t('audit.actor'), min: 8, grow: 1, cell: (row) => called(row.actor) },
  { id: 'what', label: t('audit.what'), min: 16, grow: 4, card: 'lead', cell: (row) => eventText(row), tip: (row) => `${eventText(row)} · ${row.type}` },
  { id: 'outcome', label: t('audit.outcome'), min: 7, grow: 1, cell: (row) => statusTag(TONES[row.outcome], t(`outcome.${row.outcome}`)) },
  { id: 'resource', label: t('audit.resource'), min: 8, grow: 1, card: 'none', cell: (row) => eventPlace(row, names), tip: (row) => row.resource },
  { id: 'address', label: t('audit.address'), min: 8, grow: 1, card: 'none', cell: (row) => row.address ?? '–' },
  { id: 'index', label: t('audit.index'), min: 5, grow: 0.5, end: true, card: 'none', cell: (row) => count(row.index) },
];

/** The ledger: filtered, verified, exported. */
@customElement('audit-page')
export class AuditPage extends Page {
  @state() private verdict: Verdict | undefined;
  @state() private fresh = 0;
  @state() private names: Names = new Map();
  private rows!: CursorRows<LedgerEvent>;
  #asked: string | undefined;
  #timer = 0;

  protected override async load(): Promise<void> {
    void this.loadNames();
    try {
      this.verdict = await call('GET /api/audit/verify');
    } catch {
      // the list below says what is wrong
    }
  }

  private async loadNames(): Promise<void> {
    try {
      const { items } = await call('GET /api/environments', { query: { limit: MOST_NAMES } });
      this.names = new Map(items.map(({ id, name }) => [id, name]));
    } catch {
      // the list then says "environment"
    }
  }

  private get filter(): Query {
    const filter: Record<string, string> = {};
    for (const name of FIELDS) {
      const value = this.query.get(name);
      if (!value) continue;
      const next = new Date(`${value}T00:00:00`);
      if (name === 'to') next.setDate(next.getDate() + 1);
      filter[name] = name === 'from' || name === 'to' ? next.toISOString() : value;
    }
    return filter as Query;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    const wanted = JSON.stringify(this.filter);
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.open();
  }

  private open(): void {
    const filter = this.filter;
    this.fresh = 0;
    this.rows = new CursorRows<LedgerEvent>(async (cursor, limit) => {
      try {
        return await call('GET /api/audit', { query: { ...filter, limit, ...(cursor && { cursor }) } });
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
    this.requestUpdate();
  }

  protected override heard(event: LedgerEvent | 'gap'): void {
    if (event === 'gap') this.open();
    else this.fresh++;
  }

  private async export(what: 'csv' | 'json' | 'bundle'): Promise<void> {
    const query = this.filter;
    try {
      const name =
        what === 'csv'
          ? await download('GET /api/audit/export/csv', { query })
          : what === 'json'
            ? await download('GET /api/audit/export/json', { query })
            : await download('GET /api/audit/export/bundle');
      toast(t('export.done', { name }));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private verdictLine() {
    const { verdict } = this;
    if (!verdict) return nothing;
    if (!verdict.ok) {
      const text = verdict.firstBad === undefined ? t('audit.broken-anywhere') : t('audit.broken', { n: verdict.firstBad });
      return banner('bad', html`<b>${text}</b> ${verdict.sentence}`);
    }
    return html`<div class="row">
      ${statusTag('ok', t('audit.verified', { n: verdict.verifiedTo }), 'shield')}
      <span class="muted">${t('audit.of', { n: verdict.size })} · ${moment(verdict.at)}</span>
    </div>`;
  }

  private set(name: (typeof FIELDS)[number], value: string): void {
    go(withQuery({ [name]: value }), { replace: true });
  }

  private typed(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.set('q', text.trim()), PAUSE);
  }

  private choice(name: 'type' | 'outcome' | 'severity', label: string, choices: Array<{ value: string; label: string }>) {
    return html`<div class="inline-field">
      ${select({
        id: `audit-${name}`,
        label,
        value: this.query.get(name) ?? '',
        choices: [{ value: '', label: t('audit.any') }, ...choices],
        onChange: (value) => this.set(name, value),
      })}
    </div>`;
  }

  private date(name: 'from' | 'to', label: string) {
    return html`<div class="inline-field">
      <div class="field">
        <label for="audit-${name}">${label}</label>
        <input
          class="input"
          type="date"
          id="audit-${name}"
          .value=${this.query.get(name) ?? ''}
          @change=${(event: Event) => this.set(name, (event.target as HTMLInputElement).value)}
        />
      </div>
    </div>`;
  }

  private get filtered(): boolean {
    return FIELDS.some((name) => this.query.get(name));
  }

  private clear(): void {
    go(location.pathname, { replace: true });
  }

  private toolbar() {
    const areas = AREAS.map((area) => ({ value: `${area}.`, label: tryText(`audit-type.${area}`, area) }));
    const { rows } = this;
    return html`<div class="toolbar filters">
      <div class="search">
        ${icon('search')}
        <input
          class="input"
          type="search"
          aria-label=${t('audit.search')}
          placeholder=${t('audit.search')}
          .value=${this.query.get('q') ?? ''}
          @input=${(event: Event) => this.typed((event.target as HTMLInputElement).value)}
        />
      </div>
      ${this.choice('type', t('audit.area'), areas)}
      ${this.choice('outcome', t('audit.outcome'), OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) })))}
      ${this.choice('severity', t('audit.severity'), SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) })))}
      ${this.date('from', t('audit.from'))} ${this.date('to', t('audit.to'))}
      ${this.filtered ? button({ label: t('action.clear-filters'), kind: 'quiet', onClick: () => this.clear() }) : nothing}
      <span class="muted" role="status">${rows.total === undefined ? '' : t('audit.count', { n: rows.whole })}</span>
      ${this.fresh > 0
        ? button({ label: t('audit.new', { n: this.fresh }), icon: 'sync', kind: 'quiet', onClick: () => this.open() })
        : nothing}
    </div>`;
  }

  private openEvent(event: LedgerEvent): void {
    const drawer = new EventDrawer();
    drawer.event = event;
    void show(drawer);
  }

  private list() {
    const { rows } = this;
    if (rows.failure && rows.total === undefined) return failure(sentence(rows.failure), () => this.open());
    if (rows.total === 0) {
      return html`<div class="card">
        ${this.filtered
          ? emptyState({
              title: t('list.nothing-matches'),
              text: t('list.nothing-matches-text'),
              shape: 'search',
              action: button({ label: t('action.clear-filters'), onClick: () => this.clear() }),
            })
          : emptyState({ title: t('audit.none'), text: t('audit.none-text'), shape: 'audit' })}
      </div>`;
    }
    return html`<ui-grid
      label=${t('nav.audit')}
      .columns=${columns(this.names)}
      .rows=${rows}
      .key=${(row: LedgerEvent) => String(row.index)}
      .cardHeight=${84}
      pickable
      @open=${(event: CustomEvent<LedgerEvent>) => this.openEvent(event.detail)}
    ></ui-grid>`;
  }

  protected override render() {
    const exports = [
      { label: 'CSV', icon: 'download' as const, onSelect: () => void this.export('csv') },
      { label: 'JSON', icon: 'download' as const, onSelect: () => void this.export('json') },
      ...(session.seesAllEvents
        ? [{ label: t('audit.bundle'), icon: 'shield' as const, apart: true, onSelect: () => void this.export('bundle') }]
        : []),
    ];
    return html`<div class="page fill">
      ${pageHead({
        title: t('nav.audit'),
        text: t('audit.text'),
        actions: session.can('EXPORT_AUDIT')
          ? html`<ui-menu .items=${exports} label=${t('action.export')} word=${t('action.export')} shape="download"></ui-menu>`
          : nothing,
      })}
      ${this.verdictLine()} ${this.toolbar()} ${this.list()}
    </div>`;
  }
}
