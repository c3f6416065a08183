import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Job, JobRunList } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead, skeleton, statusTag } from '../../base/feedback.js';
import { Modal, show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t, tryText } from '../../i18n/t.js';
import type { Names } from './words.js';

const MOST_NAMES = 1_000; // environments whose names are shown
const POLL = 5_000; // milliseconds; jobs change without an event

/** In words; a schedule by its environment and source. */
function nameOf(job: Job, names: Names): string {
  const environment = job.environmentId && names.get(job.environmentId);
  if (!environment) return job.title ?? tryText(`job.${job.name}`, job.name);
  return t('jobs.sync', { name: environment, source: tryText(`source.${job.source}`, '') });
}

/** What earlier turns of one job came to. */
@customElement('job-drawer')
export class JobDrawer extends Modal {
  job!: Job;
  name = '';
  @state() private runs: JobRunList['items'] | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  protected override firstUpdated(): void {
    super.firstUpdated();
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.runs = (await call('GET /api/jobs/{job}/runs', { path: { job: this.job.id } })).items;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return this.name;
  }

  protected override content() {
    if (this.failure) return failure(sentence(this.failure));
    if (!this.runs) return skeleton();
    if (this.runs.length === 0) return html`<p class="muted">${t('jobs.no-history')}</p>`;
    return html`<ul class="list">
      ${this.runs.map(
        (run) =>
          html`<li>
            <div class="main">
              ${statusTag(run.status === 'SUCCESS' ? 'ok' : run.status === 'FAILED' ? 'bad' : 'info', t(`run-status.${run.status}`))}
              ${run.error ? html`<div class="small">${run.error}</div>` : nothing}
            </div>
            <span class="muted nowrap">${moment(run.started)}</span>
          </li>`,
      )}
    </ul>`;
  }
}

/** Background work: state, last and next turn, run now. */
@customElement('jobs-page')
export class JobsPage extends Page {
  @state() private jobs: Job[] | undefined;
  private names: Names = new Map();
  @state() private failure: unknown;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => !document.hidden && void this.load(), POLL);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override async load(): Promise<void> {
    try {
      if (this.names.size === 0) await this.loadNames();
      const { items } = await call('GET /api/jobs');
      this.jobs = items.toSorted((a, b) => a.id.localeCompare(b.id)); // a row must not move under the pointer when its job runs
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async loadNames(): Promise<void> {
    const { items } = await call('GET /api/environments', { query: { limit: MOST_NAMES } });
    this.names = new Map(items.map(({ id, name }) => [id, name]));
  }

  private async runNow(job: Job): Promise<void> {
    try {
      await call('POST /api/jobs/{job}/run', { path: { job: job.id } });
      toast(t('jobs.accepted', { name: nameOf(job, this.names) }));
      await this.load();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private history(job: Job): void {
    const drawer = new JobDrawer();
    drawer.job = job;
    drawer.name = nameOf(job, this.names);
    void show(drawer);
  }

  private state(job: Job) {
    if (job.running) return statusTag('info', t('jobs.running'), 'sync');
    if (job.lastError) return html`<span data-tip=${job.lastError} tabindex="0">${statusTag('bad', t('jobs.failed'))}</span>`;
    return job.last ? statusTag('ok', t('outcome.SUCCESS')) : statusTag('none', t('jobs.waiting'));
  }

  private table(jobs: Job[]) {
    if (jobs.length === 0) return html`<div class="card">${emptyState({ title: t('jobs.none'), text: t('jobs.none-text'), shape: 'clock' })}</div>`;
    return html`<div class="table-wrap">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">${t('jobs.title')}</th>
            <th scope="col">${t('jobs.state')}</th>
            <th scope="col">${t('jobs.last')}</th>
            <th scope="col">${t('jobs.next')}</th>
            <th scope="col"><span class="visually-hidden">${t('action.more')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${jobs.map(
            (job) =>
              html`<tr>
                <th scope="row">
                  ${job.environmentId ? html`<a href="/environments/${job.environmentId}/sync-log">${nameOf(job, this.names)}</a>` : nameOf(job, this.names)}
                </th>
                <td data-label=${t('jobs.state')}>${this.state(job)}</td>
                <td data-label=${t('jobs.last')}>${moment(job.last)}</td>
                <td data-label=${t('jobs.next')}>${job.next ? moment(job.next) : '–'}</td>
                <td>
                  <span class="row">
                    ${button({
                      label: t('jobs.history'),
                      name: t('jobs.history-name', { name: nameOf(job, this.names) }),
                      icon: 'history',
                      kind: 'quiet',
                      onClick: () => this.history(job),
                    })}
                    ${session.can('RUN_JOB')
                      ? button({
                          label: t('jobs.run'),
                          name: t('jobs.run-name', { name: nameOf(job, this.names) }),
                          icon: 'play',
                          kind: 'quiet',
                          disabled: job.running,
                          onClick: () => void this.runNow(job),
                        })
                      : nothing}
                  </span>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  protected override render() {
    return html`<div class="page">
      ${pageHead({ title: t('nav.jobs'), text: t('jobs.text') })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing}
      ${this.jobs ? this.table(this.jobs) : this.failure ? nothing : skeleton()}
    </div>`;
  }
}
