import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Run } from '../../api/schema.js';
import { LightElement } from '../../base/element.js';
import { emptyState, failure } from '../../base/feedback.js';
import type { Column } from '../../base/grid.js';
import '../../base/grid.js';
import { count, exact, moment } from '../../base/moment.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { runStatus } from './states.js';

const sum = (run: Run, name: 'fetched' | 'added' | 'changed' | 'removed') => run.sources.reduce((total, one) => total + one[name], 0);

/** How long a run took, in seconds. */
function took(run: Run): string {
  if (!run.finished) return '–';
  return t('sync.seconds', { n: Math.round((Date.parse(run.finished) - Date.parse(run.started)) / 100) / 10 });
}

function columns(): Column<Run>[] {
  return [
    { id: 'started', label: t('sync.started-at'), min: 9, grow: 2, card: 'lead', cell: (run) => moment(run.started, false), tip: (run) => exact(run.started) },
    { id: 'status', label: t('sync.status'), min: 9, grow: 2, card: 'wide', cell: (run) => runStatus(run.status) },
    { id: 'trigger', label: t('sync.trigger'), min: 7, grow: 1, cell: (run) => t(`trigger.${run.trigger}`) },
    { id: 'by', label: t('sync.by'), min: 7, grow: 1, cell: (run) => run.startedBy },
    { id: 'fetched', label: t('sync.fetched'), min: 5.5, grow: 1, end: true, cell: (run) => count(sum(run, 'fetched')) },
    { id: 'added', label: t('sync.added'), min: 5.5, grow: 1, end: true, cell: (run) => count(sum(run, 'added')) },
    { id: 'changed', label: t('sync.changed'), min: 6, grow: 1, end: true, cell: (run) => count(sum(run, 'changed')) },
    { id: 'removed', label: t('sync.removed'), min: 6, grow: 1, end: true, cell: (run) => count(sum(run, 'removed')) },
    { id: 'took', label: t('sync.took'), min: 6, grow: 1, end: true, card: 'none', cell: took },
  ];
}

/** Runs of one environment, newest first. Sends `run` with an id. */
@customElement('sync-log')
export class SyncLog extends LightElement {
  @property() environment = '';
  private rows!: CursorRows<Run>;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('environment')) this.rows = this.open();
  }

  refresh(): void {
    this.rows = this.open();
    this.requestUpdate();
  }

  private open(): CursorRows<Run> {
    return new CursorRows<Run>(async (cursor, limit) => {
      const query = { limit, ...(cursor && { cursor }) };
      try {
        return await call('GET /api/environments/{id}/runs', { path: { id: this.environment }, query });
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  protected override render() {
    const { rows } = this;
    if (rows.total === 0) return html`<div class="card">${emptyState({ title: t('sync.none'), text: t('sync.none-text'), shape: 'sync' })}</div>`;
    return html`${rows.failure ? failure(sentence(rows.failure), () => this.refresh()) : nothing}
      <ui-grid
        label=${t('tab.sync-log')}
        .columns=${columns()}
        .rows=${rows}
        .key=${(run: Run) => run.id}
        .cardHeight=${128}
        pickable
        @open=${(event: CustomEvent<Run>) => this.dispatchEvent(new CustomEvent('run', { detail: event.detail.id }))}
      ></ui-grid>`;
  }
}
