import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../api/client.js';
import { LightElement } from '../base/element.js';
import { icon, type IconName } from '../base/icon.js';
import { t } from '../i18n/t.js';
import { entries } from './nav.js';
import { go } from './router.js';
import { session } from './session.js';

interface Hit {
  label: string;
  note: string;
  icon: IconName;
  href: string;
}

const PAUSE = 150; // milliseconds of typing before the server is asked

/** Search box of everything: pages, environments, credentials. */
@customElement('app-palette')
export class Palette extends LightElement {
  @state() private hits: Hit[] = [];
  @state() private at = 0;
  @state() private text = '';
  #timer = 0;
  #turn = 0;

  protected override firstUpdated(): void {
    this.hits = this.pages('');
    this.querySelector('dialog')?.showModal();
  }

  private pages(text: string): Hit[] {
    const needle = text.toLowerCase();
    return [...entries(), { path: '/me', label: 'nav.me' as const, icon: 'user' as const }]
      .map((entry) => ({ label: t(entry.label), note: t('palette.page'), icon: entry.icon, href: entry.path }))
      .filter((hit) => hit.label.toLowerCase().includes(needle));
  }

  private typed(text: string): void {
    this.text = text;
    this.at = 0;
    this.hits = this.pages(text);
    clearTimeout(this.#timer);
    if (text.trim()) this.#timer = window.setTimeout(() => void this.ask(text.trim()), PAUSE);
  }

  private async ask(q: string): Promise<void> {
    const turn = ++this.#turn;
    const [environments, credentials] = await Promise.allSettled([
      session.can('READ_ENVIRONMENT') ? call('GET /api/environments', { query: { q, limit: 5 } }) : undefined,
      session.can('READ_CREDENTIAL') ? call('GET /api/credentials', { query: { q, limit: 10 } }) : undefined,
    ]);
    if (turn !== this.#turn) return;
    const found: Hit[] = [];
    if (environments.status === 'fulfilled') {
      for (const { id, name } of environments.value?.items ?? []) {
        found.push({ label: name, note: t('palette.environment'), icon: 'server', href: `/environments/${id}` });
      }
    }
    if (credentials.status === 'fulfilled') {
      for (const one of credentials.value?.items ?? []) {
        found.push({
          label: t('credential.of', { user: one.username, resource: one.resourceName }),
          note: one.environmentName ?? one.resourceType,
          icon: 'key',
          href: `/environments/${one.environmentId}/credentials?item=${one.id}`,
        });
      }
    }
    this.hits = [...this.pages(q), ...found];
  }

  private onKey(event: KeyboardEvent): void {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && this.hits.length > 0) {
      event.preventDefault();
      this.at = (this.at + move + this.hits.length) % this.hits.length;
      void this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    }
    if (event.key === 'Enter') this.choose(this.hits[this.at]);
  }

  private choose(hit: Hit | undefined): void {
    if (!hit) return;
    this.querySelector('dialog')?.close();
    go(hit.href);
  }

  protected override render() {
    return html`<dialog
      class="palette"
      aria-label=${t('shell.search')}
      @close=${() => this.remove()}
      @click=${(event: Event) => event.target instanceof HTMLDialogElement && event.target.close()}
    >
      <input
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant=${this.hits.length > 0 ? `palette-${this.at}` : nothing}
        aria-label=${t('shell.search')}
        placeholder=${t('shell.search')}
        autocomplete="off"
        spellcheck="false"
        autofocus
        @input=${(event: Event) => this.typed((event.target as HTMLInputElement).value)}
        @keydown=${this.onKey}
      />
      <div id="palette-list" role="listbox" aria-label=${t('palette.results')}>
        ${this.hits.map(
          (hit, index) =>
            html`<div
              id="palette-${index}"
              class="menu-item"
              role="option"
              aria-selected=${String(index === this.at)}
              @click=${() => this.choose(hit)}
            >
              ${icon(hit.icon)}<span class="break">${hit.label}</span><span class="push">${hit.note}</span>
            </div>`,
        )}
      </div>
      ${this.hits.length === 0 ? html`<p class="none muted">${t('palette.none', { text: this.text })}</p>` : nothing}
    </dialog>`;
  }
}

export function openPalette(): void {
  if (!document.querySelector('app-palette')) document.body.append(new Palette());
}
