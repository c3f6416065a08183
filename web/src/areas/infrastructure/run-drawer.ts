import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Run } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { banner, failure, skeleton } from '../../base/feedback.js';
import { Modal } from '../../base/modal.js';
import { count, exact, moment } from '../../base/moment.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { runStatus } from './states.js';
import { failureFacts } from './test-result.js';

type SourceRun = Run['sources'][number];

/** One run with its sources; a held one is decided here. Closes with `true` when it was decided. */
@customElement('run-drawer')
export class RunDrawer extends Modal<true> {
  private environment = '';
  private runId = '';
  @state() private run: Run | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  open(environment: string, run: string): void {
    this.environment = environment;
    this.runId = run;
    void this.load();
  }

  private get path() {
    return { id: this.environment, run: this.runId };
  }

  private async load(): Promise<void> {
    try {
      this.run = await call('GET /api/environments/{id}/runs/{run}', { path: this.path });
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return t('run.title');
  }

  private source(one: SourceRun): TemplateResult {
    const numbers: Array<[string, number]> = [
      [t('sync.fetched'), one.fetched],
      [t('sync.added'), one.added],
      [t('sync.changed'), one.changed],
      [t('run.unchanged'), one.unchanged],
      [one.status === 'HELD' ? t('run.would-remove') : t('sync.removed'), one.removed],
      [t('run.without-value'), one.withoutValue],
    ];
    return html`<section class="stack tight">
      <div class="row spread"><h3>${t(`source.${one.kind}`)}</h3>${runStatus(one.status)}</div>
      ${one.sentence ? html`<p>${one.sentence}</p>` : nothing} ${one.failure ? failureFacts(one.failure) : nothing}
      <dl class="facts">${numbers.map(([name, value]) => html`<dt>${name}</dt><dd>${count(value)}</dd>`)}</dl>
      ${one.complete ? nothing : html`<p class="muted small">${t('run.incomplete')}</p>`}
      ${one.unmapped.length > 0
        ? banner('warn', html`<b>${t('run.unmapped')}</b> ${one.unmapped.map((path) => html`<div><code class="break">${path}</code></div>`)}`)
        : nothing}
    </section>`;
  }

  protected override content() {
    const { run } = this;
    if (this.failure && !run) return failure(sentence(this.failure), () => void this.load());
    if (!run) return skeleton(6);
    return html`${this.failure ? failure(sentence(this.failure)) : nothing}
      ${run.status === 'HELD' ? banner('warn', html`<b>${t('sync.held')}</b> ${t('run.held-text')}`) : nothing}
      <dl class="facts">
        <dt>${t('sync.status')}</dt>
        <dd>${runStatus(run.status)}</dd>
        <dt>${t('sync.started-at')}</dt>
        <dd>${moment(run.started)} <span class="muted small">${exact(run.started)}</span></dd>
        <dt>${t('sync.by')}</dt>
        <dd>${run.startedBy} · ${t(`trigger.${run.trigger}`)}</dd>
      </dl>
      ${run.sources.map((one) => this.source(one))}`;
  }

  protected override footer() {
    if (this.run?.status !== 'HELD' || !session.can('SYNC_ENVIRONMENT')) return nothing;
    return html`${button({ label: t('run.discard'), disabled: this.busy, onClick: () => void this.decide('discard') })}
    ${button({ label: t('run.confirm'), kind: 'danger primary', submit: true, busy: this.busy })}`;
  }

  protected override submit() {
    return this.decide('confirm');
  }

  private async decide(what: 'confirm' | 'discard'): Promise<void> {
    try {
      if (what === 'confirm') await call('POST /api/environments/{id}/runs/{run}/confirm', { path: this.path });
      else await call('POST /api/environments/{id}/runs/{run}/discard', { path: this.path });
      toast(t(what === 'confirm' ? 'run.confirmed' : 'run.discarded'));
      this.close(true);
    } catch (reason) {
      this.failure = reason;
    }
  }
}
