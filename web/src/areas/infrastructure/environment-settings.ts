import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Environment, Source } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { banner } from '../../base/feedback.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { deleteEnvironment, editEnvironment, testEnvironment } from './actions.js';
import { failureText, sources, sourceStatus } from './states.js';
import { fingerprint } from './fingerprint.js';
import { failureFacts } from './test-result.js';

/** Sources, trust and schedule of an environment, and what changes them. Sends `saved`, `imported`, `deleted`. */
@customElement('environment-settings')
export class EnvironmentSettings extends LightElement {
  @property({ attribute: false }) environment!: Environment;

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private source(source: Source): TemplateResult {
    const { trust } = source;
    return html`<section class="card">
      <header><h2>${t(`source.${source.kind}`)}</h2>${sourceStatus(source.status)}</header>
      ${source.failure ? html`<p>${failureText(source)}</p>${failureFacts(source.failure)}` : nothing}
      ${source.scheduleStopped ? banner('warn', t('source.stopped')) : nothing}
      <dl class="facts">
        <dt>${t('source.host')}</dt>
        <dd>${source.host}${source.port === 443 ? '' : `:${source.port}`}</dd>
        <dt>${t('source.username')}</dt>
        <dd>${source.username}</dd>
        <dt>${t('trust.label')}</dt>
        <dd>
          ${t(`trust.${trust.mode}`)}
          ${trust.fingerprint ? html`<div class="small">${fingerprint(trust.fingerprint)}</div>` : nothing}
        </dd>
        <dt>${t('source.schedule')}</dt>
        <dd>${source.scheduleMinutes === 0 ? t('source.schedule-off') : t('source.every', { n: source.scheduleMinutes })}</dd>
        <dt>${t('source.last-success')}</dt>
        <dd>${moment(source.lastSuccess)}</dd>
        ${source.nextRun ? html`<dt>${t('environments.next-sync')}</dt><dd>${moment(source.nextRun)}</dd>` : nothing}
        ${source.version ? html`<dt>${t('test.version')}</dt><dd>${source.version}</dd>` : nothing}
      </dl>
    </section>`;
  }

  private async edit(): Promise<void> {
    const saved = await editEnvironment(this.environment);
    if (saved) this.tell('saved', saved);
  }

  private async erase(): Promise<void> {
    if (await deleteEnvironment(this.environment)) this.tell('deleted');
  }

  private async importFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    try {
      const body = JSON.parse(await file.text()) as Record<string, unknown>;
      const run = await call('POST /api/environments/{id}/import/bring-up', { path: { id: this.environment.id }, body });
      toast(t('bring-up.done', { n: run.sources.reduce((sum, one) => sum + one.fetched, 0) }));
      this.tell('imported', run);
    } catch (failure) {
      toastFailure(failure instanceof SyntaxError ? t('bring-up.not-json') : sentence(failure));
    }
    input.value = '';
  }

  private bringUp() {
    return html`<section class="card">
      <header><h2>${t('bring-up.title')}</h2></header>
      <p class="muted">${t('bring-up.text')}</p>
      <div class="field">
        <label for="bring-up">${t('bring-up.file')}</label>
        <input class="input" type="file" id="bring-up" accept=".json,application/json" @change=${this.importFile} />
      </div>
    </section>`;
  }

  protected override render() {
    const { environment } = this;
    const may = session.can('MANAGE_ENVIRONMENT');
    const list = sources(environment);
    return html`<div class="stack">
      ${list.length === 0 ? banner('info', t('environments.no-source')) : nothing}
      <div class="row">
        ${may ? button({ label: t('action.edit'), icon: 'edit', onClick: () => void this.edit() }) : nothing}
        ${session.can('SYNC_ENVIRONMENT') && list.length > 0
          ? button({ label: t('environments.test'), icon: 'check', onClick: () => testEnvironment(environment) })
          : nothing}
      </div>
      <div class="cards">${list.map((source) => this.source(source))} ${may ? this.bringUp() : nothing}</div>
      ${may
        ? html`<section class="card">
            <header><h2>${t('environments.delete')}</h2></header>
            <p class="muted">${t('environments.delete-hint')}</p>
            <div>${button({ label: t('environments.delete'), icon: 'trash', kind: 'danger', onClick: () => void this.erase() })}</div>
          </section>`
        : nothing}
    </div>`;
  }
}
