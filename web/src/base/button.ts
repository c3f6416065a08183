import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.js';

export interface ButtonOptions {
  label: string;
  icon?: IconName;
  kind?: 'primary' | 'plain' | 'quiet' | 'danger' | 'danger primary';
  /** Shows the icon only; the label becomes its name. */
  bare?: boolean;
  mini?: boolean;
  disabled?: boolean;
  busy?: boolean;
  submit?: boolean;
  /** A longer name for assistive technology, where the visible word is ambiguous. */
  name?: string;
  pressed?: boolean;
  onClick?: (event: MouseEvent) => void;
}

export function button(options: ButtonOptions): TemplateResult {
  const { label, bare, busy, pressed } = options;
  const classes = ['button', options.kind ?? 'plain', bare ? 'icon-only' : '', options.mini ? 'mini' : ''].join(' ');
  return html`<button
    class=${classes}
    type=${options.submit ? 'submit' : 'button'}
    ?disabled=${options.disabled || busy}
    aria-busy=${busy ? 'true' : nothing}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    aria-label=${options.name ?? (bare ? label : nothing)}
    data-tip=${bare ? (options.name ?? label) : nothing}
    @click=${options.onClick ?? nothing}
  >
    ${busy ? icon('sync') : options.icon ? icon(options.icon) : nothing}${bare ? nothing : label}
  </button>`;
}

/** A link that looks like a button. */
export function linkButton(options: { label: string; href: string; kind?: string; icon?: IconName }): TemplateResult {
  return html`<a class="button ${options.kind ?? 'plain'}" href=${options.href}
    >${options.icon ? icon(options.icon) : nothing}${options.label}</a
  >`;
}
