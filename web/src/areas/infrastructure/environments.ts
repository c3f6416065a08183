import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Environment, Event as LedgerEvent } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { preferences, prefer } from '../../app/preferences.js';
import { go } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead, skeleton } from '../../base/feedback.js';
import { icon } from '../../base/icon.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { count } from '../../base/moment.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { environmentCard, environmentTable } from './environment-card.js';
import { EnvironmentDialog } from './environment-dialog.js';
import { ConfigurationExport, ConfigurationImport } from './configuration.js';
import { environmentMenu, syncNow } from './actions.js';

const MOST = 1_000; // environments fetched at once

/** All environments, as cards or as a list. */
@customElement('environments-page')
export class EnvironmentsPage extends Page {
  @state() private environments: Environment[] | undefined;
  @state() private failure: unknown;
  @state() private text = '';
  #timer = 0;

  protected override async load(): Promise<void> {
    try {
      this.environments = (await call('GET /api/environments', { query: { limit: MOST } })).items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    if (changes.has('query') && this.query.has('add')) {
      go('/environments', { replace: true });
      void this.add();
    }
  }

  protected override heard(event: LedgerEvent | 'gap'): void {
    if (event !== 'gap' && !event.type.startsWith('environment.') && !event.resource.startsWith('environment/')) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), 500);
  }

  private put(environment: Environment): void {
    const others = (this.environments ?? []).filter((other) => other.id !== environment.id);
    this.environments = [...others, environment].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  private async add(): Promise<void> {
    const made = await show(new EnvironmentDialog());
    if (!made) return;
    this.put(made);
    toast(t('environments.added', { name: made.name }));
    if (session.can('SYNC_ENVIRONMENT')) void this.sync(made);
  }

  private async sync(environment: Environment): Promise<void> {
    await syncNow(environment);
    await this.load();
  }

  private menu(environment: Environment): MenuItem[] {
    return environmentMenu(environment, {
      changed: (next) => this.put(next),
      deleted: () => (this.environments = this.environments?.filter((other) => other.id !== environment.id)),
    });
  }

  private more(): MenuItem[] {
    return [
      { label: t('configuration.export'), icon: 'download', onSelect: () => void show(new ConfigurationExport()) },
      {
        label: t('configuration.import'),
        icon: 'upload',
        onSelect: () => void show(new ConfigurationImport()).then((done) => done && this.load()),
      },
    ];
  }

  private actions() {
    if (!session.can('MANAGE_ENVIRONMENT')) return nothing;
    return html`<ui-menu .items=${this.more()} label=${t('action.more')}></ui-menu>
      ${button({ label: t('environments.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() })}`;
  }

  private toolbar(shown: number) {
    const as = preferences().environmentsAs;
    const choose = (next: 'cards' | 'list') => {
      prefer({ environmentsAs: next });
      this.requestUpdate();
    };
    return html`<div class="toolbar">
      <div class="search">
        ${icon('search')}
        <input
          class="input"
          type="search"
          aria-label=${t('environments.search')}
          placeholder=${t('environments.search')}
          @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
        />
      </div>
      <span class="muted" role="status">${t('environments.count', { n: shown })}</span>
      <div class="segments push" role="group" aria-label=${t('environments.view')}>
        <button type="button" aria-pressed=${String(as === 'cards')} @click=${() => choose('cards')}>
          ${icon('overview')}${t('environments.cards')}
        </button>
        <button type="button" aria-pressed=${String(as === 'list')} @click=${() => choose('list')}>
          ${icon('list')}${t('environments.list')}
        </button>
      </div>
    </div>`;
  }

  private body(all: Environment[]) {
    if (all.length === 0) {
      const action = session.can('MANAGE_ENVIRONMENT')
        ? button({ label: t('environments.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() })
        : nothing;
      return html`<div class="card">${emptyState({ title: t('environments.none'), text: t('environments.none-text'), shape: 'server', action })}</div>`;
    }
    const needle = this.text.trim().toLowerCase();
    const shown = all.filter((one) =>
      [one.name, one.description, one.installer?.host, one.sddcManager?.host, ...(one.domains ?? [])].some((text) =>
        text?.toLowerCase().includes(needle),
      ),
    );
    const actions = { sync: (one: Environment) => void this.sync(one), menu: (one: Environment) => this.menu(one) };
    const list =
      shown.length === 0
        ? emptyState({ title: t('list.nothing-matches'), text: t('list.nothing-matches-text'), shape: 'search' })
        : preferences().environmentsAs === 'cards'
          ? html`<div class="cards">${shown.map((one) => environmentCard(one, actions))}</div>`
          : environmentTable(shown, actions);
    return html`${this.toolbar(shown.length)} ${list}`;
  }

  protected override render() {
    const total = this.environments?.reduce((sum, one) => sum + one.credentials, 0) ?? 0;
    const text = this.environments?.length ? t('environments.text', { n: count(total) }) : undefined;
    return html`<div class="page">
      ${pageHead({ title: t('nav.infrastructure'), text, actions: this.environments?.length ? this.actions() : nothing })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing}
      ${this.environments ? this.body(this.environments) : this.failure ? nothing : skeleton(8)}
    </div>`;
  }
}

