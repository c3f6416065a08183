import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Secret, SecretUsage, SecretVersions } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { banner, failure, skeleton } from '../../base/feedback.js';
import '../../base/menu.js';
import { Modal } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { copyable, hideSecret, secretField } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { actions } from './actions.js';
import './canary.js';
import { state as status } from './columns.js';
import { nameOf, valueOf } from './secret-value.js';
import './sharing.js';
import { usage } from './usage.js';
import { versions } from './versions.js';

type Tab = 'value' | 'versions' | 'sharing' | 'usage';
const TABS: Tab[] = ['value', 'versions', 'sharing', 'usage'];

/** One secret: value and facts, every version, who reads it. */
@customElement('secret-drawer')
export class SecretDrawer extends Modal {
  secretId = '';
  step: (by: 1 | -1) => void = () => {};
  /** Called when the list has to be fetched again. */
  changed: () => void = () => {};
  @state() private secret: Secret | undefined;
  @state() private tab: Tab = 'value';
  @state() private history: SecretVersions['items'] | undefined;
  @state() private uses: SecretUsage | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', (event) => {
      if (event.target instanceof Element && event.target.closest('input, textarea, select, [popover], .segments')) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        this.step(event.key === 'ArrowDown' ? 1 : -1);
      }
    });
  }

  move(id: string): void {
    hideSecret();
    this.secretId = id;
    this.secret = undefined;
    void this.load();
  }

  private async load(): Promise<void> {
    const id = this.secretId;
    this.history = undefined;
    this.uses = undefined;
    try {
      const secret = await call('GET /api/secrets/{id}', { path: { id } });
      if (id !== this.secretId) return;
      this.secret = secret;
      this.failure = undefined;
      await this.more();
    } catch (reason) {
      this.failure = reason;
    }
  }

  /** Fetches what the tab shows. */
  private async more(): Promise<void> {
    const id = this.secretId;
    const path = { id };
    try {
      if (this.tab === 'versions' && !this.history) {
        const { items } = await call('GET /api/secrets/{id}/versions', { path });
        if (id === this.secretId) this.history = items; // else the drawer has moved on
      }
      if (this.tab === 'usage' && !this.uses) {
        const uses = await call('GET /api/secrets/{id}/usage', { path });
        if (id === this.secretId) this.uses = uses;
      }
    } catch (reason) {
      this.failure = reason;
    }
  }

  private look(tab: Tab): void {
    hideSecret();
    this.tab = tab;
    void this.more();
  }

  private readonly again = (gone?: 'gone'): void => {
    this.changed();
    if (gone) this.close();
    else void this.load();
  };

  protected override heading() {
    return this.secret?.account ?? t('state.loading');
  }

  private tabs() {
    return html`<div class="segments" role="group" aria-label=${t('view.label')}>
      ${TABS.map(
        (tab) =>
          html`<button
            type="button"
            aria-pressed=${String(this.tab === tab)}
            @click=${() => this.look(tab)}
          >
            ${t(`secrets.tab-${tab}`)}
          </button>`,
      )}
    </div>`;
  }

  private facts(one: Secret): TemplateResult {
    const fact = (name: string, value: unknown) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);
    const pairs = Object.entries(one.metadata);
    return html`<dl class="facts">
      ${session.can('REVEAL_SECRET') && one.state !== 'DELETED' ? fact(t('secrets.value'), secretField(valueOf(one))) : nothing}
      ${fact(t('secrets.account'), copyable(one.account, t('secrets.copy-account')))}
      ${fact(t('secrets.service'), html`<span class="break">${one.service}</span>`)}
      ${fact(t('secrets.state'), status(one))}
      ${fact(t('secrets.kind'), t(`secrets.kind-${one.kind}`, { n: one.size }))}
      ${fact(t('secrets.tags'), one.tags.length > 0 ? one.tags.map((tag) => html`<a class="tag" href="/secrets?tag=${encodeURIComponent(tag)}">${tag}</a> `) : '')}
      ${fact(t('secrets.notes'), one.notes && html`<span class="lines">${one.notes}</span>`)}
      ${pairs.map(([name, value]) => fact(name, typeof value === 'string' ? value : JSON.stringify(value)))}
      ${fact(t('secrets.expires'), one.expires && html`${moment(one.expires)} · ${t(`secrets.on-expiry-${one.onExpiry}`)}`)}
      ${fact(t('secrets.kept'), t('secrets.kept-text', { n: one.keepVersions }))}
      ${fact(t('secrets.changed'), html`${moment(one.changed)} · ${one.changedBy.name}`)}
      ${fact(t('secrets.created'), html`${moment(one.created)} · ${one.createdBy.name}`)}
    </dl>`;
  }

  private inside(one: Secret) {
    switch (this.tab) {
      case 'value':
        return this.facts(one);
      case 'versions':
        return this.history ? versions(one, this.history, this.again) : skeleton(4);
      case 'sharing':
        return html`<secret-sharing .secret=${one}></secret-sharing>
          ${session.can('MANAGE_ACCESS') && one.state !== 'DELETED' ? html`<secret-canary .secret=${one}></secret-canary>` : nothing}`;
      case 'usage':
        return this.uses ? usage(this.uses) : skeleton(4);
    }
  }

  protected override content() {
    const { secret } = this;
    if (this.failure) return failure(sentence(this.failure), () => void this.load());
    if (!secret) return skeleton(8);
    return html`<div class="row">
        ${button({ label: t('drawer.previous'), icon: 'left', bare: true, onClick: () => this.step(-1) })}
        ${button({ label: t('drawer.next'), icon: 'right', bare: true, onClick: () => this.step(1) })}
        <span class="push row">${actions(secret, this.again)}</span>
      </div>
      ${secret.state === 'DELETED' ? banner('warn', html`${t('secrets.deleted-text')} ${secret.destroys ? moment(secret.destroys) : ''}`) : nothing}
      ${this.tabs()}
      ${this.inside(secret)}
      ${session.can('READ_AUDIT')
        ? html`<p><a href="/audit?resource=${encodeURIComponent(`secrets/${nameOf(secret)}`)}">${t('secrets.in-audit')}</a></p>`
        : nothing}`;
  }
}
