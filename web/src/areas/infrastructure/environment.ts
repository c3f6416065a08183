import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Environment, Event as LedgerEvent, Run, RunStep } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { banner, failure, pageHead, skeleton, tabs } from '../../base/feedback.js';
import '../../base/menu.js';
import { show } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { environmentMenu, syncNow } from './actions.js';
import type { CredentialGrid } from './credential-grid.js';
import './credential-grid.js';
import { RunDrawer } from './run-drawer.js';
import { followSteps } from './run-steps.js';
import { failureText, runStatus, sources } from './states.js';
import type { SyncLog } from './sync-log.js';
import './sync-log.js';
import './environment-settings.js';

const TABS = ['credentials', 'sync-log', 'settings'] as const;
const POLL = 1_000; // milliseconds between looks at a run that goes on

/** Types of events after which the list may have changed. */
export const ENDS_OF_RUNS = /^environment\.(sync|import|run|confirm)/;

/** One environment: credentials, sync log, settings; sync with live progress. */
@customElement('environment-page')
export class EnvironmentPage extends Page {
  @state() private environment: Environment | undefined;
  @state() private failure: unknown;
  @state() private run: Run | undefined;
  @state() private steps: RunStep[] = [];
  #following: { run: string; stop: AbortController } | undefined;
  #timer = 0;
  #settle = 0;

  private get place(): string {
    return this.params['id'] ?? '';
  }

  private get tab(): string {
    return this.params['tab'] ?? 'credentials';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    clearTimeout(this.#settle);
    this.#following?.stop.abort();
  }

  protected override async load(): Promise<void> {
    if (this.environment && this.environment.id !== this.place) {
      this.environment = undefined;
      this.run = undefined;
    }
    try {
      this.environment = await call('GET /api/environments/{id}', { path: { id: this.place } });
      this.name(this.environment.name);
      this.failure = undefined;
      if (this.run?.status !== 'RUNNING') await this.findRunning(this.environment);
    } catch (reason) {
      this.failure = reason;
    }
  }

  /** Somebody, or the schedule, may have started a run. */
  private async findRunning(environment: Environment): Promise<void> {
    const going = sources(environment).find((source) => source.status === 'RUNNING')?.runId;
    if (going) this.follow(await this.read(going));
  }

  private read(run: string): Promise<Run> {
    return call('GET /api/environments/{id}/runs/{run}', { path: { id: this.place, run } });
  }

  private follow(run: Run): void {
    this.run = run;
    clearTimeout(this.#timer);
    if (run.status === 'RUNNING') {
      void this.listen(run.id);
      this.#timer = window.setTimeout(() => void this.look(run.id), this.steps.length > 0 ? POLL * 5 : POLL);
    } else {
      this.#following?.stop.abort();
      this.#following = undefined;
      this.steps = [];
      void this.ended(run);
    }
  }

  /** Live steps; looking again by the clock goes on beside it, slower, in case the stream breaks. */
  private async listen(run: string): Promise<void> {
    if (this.#following?.run === run) return;
    this.#following?.stop.abort();
    const stop = new AbortController();
    this.#following = { run, stop };
    try {
      await followSteps(this.place, run, stop.signal, (steps) => (this.steps = steps));
      if (!stop.signal.aborted) await this.look(run);
    } catch {
      this.steps = []; // the clock looks again
    }
  }

  private async look(id: string): Promise<void> {
    try {
      this.follow(await this.read(id));
    } catch {
      this.#timer = window.setTimeout(() => void this.look(id), POLL * 5);
    }
  }

  private async ended(run: Run): Promise<void> {
    if (run.status === 'SUCCESS' || run.status === 'EMPTY') toast(t('sync.done', this.sums(run)));
    await this.load();
    this.refreshLists();
    if (run.status === 'HELD') this.openRun(run.id);
  }

  private refreshLists(): void {
    this.querySelector<CredentialGrid>('credential-grid')?.refresh();
    this.querySelector<SyncLog>('sync-log')?.refresh();
  }

  private sums(run: Run): Record<string, number> {
    const sum = (name: 'fetched' | 'added' | 'changed' | 'removed') => run.sources.reduce((total, one) => total + one[name], 0);
    return { fetched: sum('fetched'), added: sum('added'), changed: sum('changed'), removed: sum('removed') };
  }

  private async sync(): Promise<void> {
    if (!this.environment) return;
    const run = await syncNow(this.environment);
    if (run) this.follow(run);
  }

  private openRun(id: string): void {
    const drawer = new RunDrawer();
    drawer.open(this.place, id);
    void show(drawer).then((decided) => {
      if (!decided) return;
      this.run = undefined;
      void this.load();
      this.refreshLists();
    });
  }

  protected override updated(changes: PropertyValues<this>): void {
    const item = this.query.get('item');
    if (changes.has('query') && this.tab === 'sync-log' && item) {
      go(location.pathname, { replace: true });
      this.openRun(item);
    }
  }

  protected override heard(event: LedgerEvent | 'gap'): void {
    const mine = event === 'gap' || event.resource.includes(this.place) || event.details['environment'] === this.place;
    if (!mine) return;
    if (event !== 'gap' && !event.type.startsWith('environment.')) return;
    clearTimeout(this.#settle);
    this.#settle = window.setTimeout(() => {
      if (this.run?.status === 'RUNNING') void this.look(this.run.id);
      else void this.load().then(() => this.refreshLists());
    }, 500);
  }

  private progress(run: Run) {
    const step = (kind: RunStep['kind']) => this.steps.find((one) => one.kind === kind);
    const text = run.sources
      .map((one) => {
        const now = step(one.kind);
        const source = t(`source.${one.kind}`);
        if (now?.phase === 'STORING') return t('sync.storing', { source, n: now.stored, of: now.changes });
        return t(now?.phase === 'COMPARING' ? 'sync.comparing' : 'sync.progress', { source, n: now?.fetched ?? one.fetched });
      })
      .join(' · ');
    return html`<div class="banner" role="status">
      <div class="text progress">
        <div class="row"><b>${t('sync.running')}</b><span class="muted">${text}</span></div>
        <progress aria-label=${t('sync.running')}></progress>
      </div>
    </div>`;
  }

  private notices(environment: Environment) {
    const { run } = this;
    const held = sources(environment).find((source) => source.status === 'HELD');
    const failing = sources(environment).filter((source) => source.failure && source.status !== 'HELD' && source.status !== 'RUNNING');
    const off = sources(environment).filter((source) => source.trust.mode === 'OFF');
    return html`${run?.status === 'RUNNING' ? this.progress(run) : nothing}
      ${held
        ? banner(
            'warn',
            html`<b>${t('sync.held')}</b> ${t('sync.held-text')}`,
            held.runId ? button({ label: t('attention.decide'), onClick: () => this.openRun(held.runId!) }) : nothing,
          )
        : nothing}
      ${failing.map((source) =>
        banner(
          'bad',
          html`<b>${t(`source.${source.kind}`)}:</b> ${failureText(source)}
            ${source.scheduleStopped ? html`<div>${t('source.stopped')}</div>` : nothing}`,
          source.runId ? button({ label: t('attention.look'), onClick: () => this.openRun(source.runId!) }) : nothing,
        ),
      )}
      ${off.length > 0 ? banner('warn', t('trust.off-banner')) : nothing}`;
  }

  private actions(environment: Environment) {
    const menu = environmentMenu(environment, {
      changed: (next) => {
        this.environment = next;
        this.name(next.name);
      },
      deleted: () => go('/environments'),
    });
    const can = session.can('SYNC_ENVIRONMENT') && sources(environment).length > 0;
    return html`${menu.length > 0
      ? html`<ui-menu .items=${menu} label=${t('environments.actions', { name: environment.name })}></ui-menu>`
      : nothing}
    ${can
      ? button({ label: t('sync.now'), icon: 'sync', kind: 'primary', busy: this.run?.status === 'RUNNING', onClick: () => void this.sync() })
      : nothing}`;
  }

  private panel(environment: Environment) {
    switch (this.tab) {
      case 'sync-log':
        return html`<sync-log .environment=${environment.id} @run=${(event: CustomEvent<string>) => this.openRun(event.detail)}></sync-log>`;
      case 'settings':
        return html`<environment-settings
          .environment=${environment}
          @saved=${(event: CustomEvent<Environment>) => (this.environment = event.detail)}
          @imported=${(event: CustomEvent<Run>) => this.follow(event.detail)}
          @deleted=${() => go('/environments')}
        ></environment-settings>`;
      default:
        return html`<credential-grid
          .environment=${environment.id}
          .query=${this.query}
          label=${t('credential.grid', { name: environment.name })}
        ></credential-grid>`;
    }
  }

  protected override render() {
    const { environment } = this;
    if (!environment) {
      return html`<div class="page">${this.failure ? failure(sentence(this.failure), () => void this.load()) : skeleton(8)}</div>`;
    }
    const base = `/environments/${environment.id}`;
    const list = TABS.map((id) => ({ id, label: t(`tab.${id}`), href: id === 'credentials' ? base : `${base}/${id}` }));
    const last = this.run && this.run.status !== 'RUNNING' && this.run.status !== 'SUCCESS' ? runStatus(this.run.status) : nothing;
    return html`<div class="page ${this.tab === 'settings' ? '' : 'fill'}">
      ${pageHead({
        title: environment.name,
        text: html`${environment.description} ${last}`,
        crumbs: [{ label: t('nav.infrastructure'), href: '/environments' }, { label: environment.name }],
        actions: this.actions(environment),
      })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing} ${this.notices(environment)}
      ${tabs(list, this.tab, t('tab.label'))} ${this.panel(environment)}
    </div>`;
  }
}
