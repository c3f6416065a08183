import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from './element.js';
import { icon, type IconName } from './icon.js';
import { place } from './place.js';

export interface MenuItem {
  label: string;
  icon?: IconName;
  danger?: boolean;
  href?: string;
  checked?: boolean;
  /** A line above. */
  apart?: boolean;
  onSelect?: () => void;
}

let counter = 0;

/** A button that opens a list of actions: arrows, Home, End and first letters move, Escape closes. */
@customElement('ui-menu')
export class Menu extends LightElement {
  @property({ attribute: false }) items: MenuItem[] = [];
  @property() label = '';
  @property() word = '';
  @property() shape: IconName = 'more';
  @property() kind = 'plain';
  @property({ type: Boolean }) mini = false;
  #id = `menu-${++counter}`;

  private get pop(): HTMLElement {
    return this.querySelector<HTMLElement>('[popover]')!;
  }

  private get entries(): HTMLElement[] {
    return [...this.pop.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  }

  private opened(event: ToggleEvent): void {
    this.querySelector('button')?.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState !== 'open') return;
    place(this.pop, this.querySelector('button')!, 'end');
    this.entries[0]?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const entries = this.entries;
    const now = entries.indexOf(document.activeElement as HTMLElement);
    const last = entries.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: now >= last ? 0 : now + 1,
      ArrowUp: now <= 0 ? last : now - 1,
      Home: 0,
      End: last,
    };
    let next = moves[event.key];
    if (next === undefined && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const from = [...entries.slice(now + 1), ...entries.slice(0, now + 1)];
      const found = from.find((entry) => entry.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
      if (found) next = entries.indexOf(found);
    }
    if (event.key === 'Tab') this.pop.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    entries[next]?.focus();
  }

  private choose(item: MenuItem): void {
    this.pop.hidePopover();
    this.querySelector('button')?.focus();
    item.onSelect?.();
  }

  protected override render() {
    return html`<button
        type="button"
        class="button ${this.kind} ${this.word ? '' : 'icon-only'} ${this.mini ? 'mini' : ''}"
        popovertarget=${this.#id}
        aria-haspopup="menu"
        aria-expanded="false"
        aria-label=${this.word && !this.label ? nothing : this.label}
        data-tip=${this.word ? nothing : this.label}
      >
        ${icon(this.shape)}${this.word ? html`<span class="only-large">${this.word}</span>` : nothing}
      </button>
      <div id=${this.#id} popover class="pop" role="menu" aria-label=${this.label || this.word} @toggle=${this.opened} @keydown=${this.onKey}>
        ${this.items.map((item) => {
          const inner = html`${item.icon ? icon(item.icon) : nothing}${item.label}${item.checked
            ? html`<span class="push">${icon('check')}</span>`
            : nothing}`;
          const role = item.checked === undefined ? 'menuitem' : 'menuitemradio';
          return html`${item.apart ? html`<hr />` : nothing}${item.href
            ? html`<a class="menu-item" role="menuitem" tabindex="-1" href=${item.href} @click=${() => this.choose(item)}>${inner}</a>`
            : html`<button
                type="button"
                class="menu-item ${item.danger ? 'danger' : ''}"
                role=${role}
                aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
                tabindex="-1"
                @click=${() => this.choose(item)}
              >
                ${inner}
              </button>`}`;
        })}
      </div>`;
  }
}
