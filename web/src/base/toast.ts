import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { LightElement } from './element.js';
import { icon } from './icon.js';

interface Toast {
  text: string;
  tone: 'ok' | 'bad';
  action?: { label: string; onClick: () => void } | undefined;
}

const SHOWN = 6_000; // milliseconds
const SHOWN_WITH_ACTION = 10_000;

/** Short messages of success; a failure stays until it is dismissed. */
@customElement('ui-toasts')
export class Toasts extends LightElement {
  @state() private toasts: Toast[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
  }

  add(toast: Toast): void {
    this.toasts = [...this.toasts, toast];
    this.hidePopover(); // shown anew, it lies above dialogs opened meanwhile
    this.showPopover();
    if (toast.tone === 'ok') setTimeout(() => this.drop(toast), toast.action ? SHOWN_WITH_ACTION : SHOWN);
  }

  private drop(toast: Toast): void {
    this.toasts = this.toasts.filter((other) => other !== toast);
    if (this.toasts.length === 0 && this.matches(':popover-open')) this.hidePopover();
  }

  protected override render() {
    return html`<div role="status" class="stack tight">
      ${this.toasts.map(
        (toast) =>
          html`<div class="toast ${toast.tone}">
            ${icon(toast.tone === 'ok' ? 'circle-check' : 'error')}<span>${toast.text}</span>
            ${toast.action
              ? button({
                  label: toast.action.label,
                  kind: 'quiet',
                  onClick: () => {
                    toast.action?.onClick();
                    this.drop(toast);
                  },
                })
              : nothing}
            ${button({ label: t('action.dismiss'), icon: 'close', bare: true, mini: true, kind: 'quiet', onClick: () => this.drop(toast) })}
          </div>`,
      )}
    </div>`;
  }
}

export function toast(text: string, action?: Toast['action']): void {
  document.querySelector<Toasts>('ui-toasts')?.add({ text, tone: 'ok', action });
}

export function toastFailure(text: string): void {
  document.querySelector<Toasts>('ui-toasts')?.add({ text, tone: 'bad' });
}
