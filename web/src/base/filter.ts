import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { LightElement } from './element.js';
import { icon } from './icon.js';
import { count } from './moment.js';
import { place } from './place.js';

export interface FilterOption {
  value: string;
  label: string;
  count?: number;
}

const SEARCH_FROM = 10; // options

let counter = 0;

/** A chip that opens a list of check boxes. Sends `values` with the values as detail. */
@customElement('ui-filter')
export class Filter extends LightElement {
  @property() label = '';
  @property({ attribute: false }) options: FilterOption[] = [];
  @property({ attribute: false }) values: string[] = [];
  @state() private text = '';
  #id = `filter-${++counter}`;

  private change(values: string[]): void {
    this.dispatchEvent(new CustomEvent('values', { detail: values }));
  }

  private opened(event: ToggleEvent): void {
    const pop = event.currentTarget as HTMLElement;
    if (event.newState !== 'open') return;
    place(pop, this.querySelector('.chip')!);
    pop.querySelector('input')?.focus();
  }

  private get summary(): string {
    const names = this.values.map((value) => this.options.find((option) => option.value === value)?.label ?? value);
    return names.length > 2 ? t('filter.several', { label: this.label, n: names.length }) : `${this.label}: ${names.join(', ')}`;
  }

  protected override render() {
    const on = this.values.length > 0;
    const needle = this.text.toLowerCase();
    const visible = this.options.filter((option) => option.label.toLowerCase().includes(needle));
    return html`<button type="button" class="chip ${on ? 'on' : ''}" popovertarget=${this.#id}>
        ${on ? this.summary : this.label}${icon('down', undefined, 14)}
      </button>
      <div id=${this.#id} popover class="pop" role="group" aria-label=${this.label} @toggle=${this.opened}>
        ${this.options.length >= SEARCH_FROM
          ? html`<input
              class="input"
              type="search"
              aria-label=${t('filter.search', { label: this.label })}
              placeholder=${t('filter.search', { label: this.label })}
              .value=${this.text}
              @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
            />`
          : nothing}
        ${visible.map((option, index) => {
          const id = `${this.#id}-${index}`;
          return html`<div class="menu-item check">
            <input
              type="checkbox"
              id=${id}
              .checked=${this.values.includes(option.value)}
              @change=${(event: Event) =>
                this.change(
                  (event.target as HTMLInputElement).checked
                    ? [...this.values, option.value]
                    : this.values.filter((value) => value !== option.value),
                )}
            />
            <label for=${id}>${option.label}</label>
            ${option.count === undefined ? nothing : html`<span class="push">${count(option.count)}</span>`}
          </div>`;
        })}
        ${visible.length === 0 ? html`<div class="pop-title">${t('filter.none')}</div>` : nothing}
        ${on ? html`<hr />${button({ label: t('filter.clear'), kind: 'quiet', onClick: () => this.change([]) })}` : nothing}
      </div>`;
  }
}
