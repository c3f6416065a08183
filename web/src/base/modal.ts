import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { LightElement } from './element.js';

let counter = 0;

/** A dialog or a drawer: native, so focus, Escape and the way back of the focus come from the browser. */
export abstract class Modal<R = void> extends LightElement {
  @state() protected busy = false;
  protected shape: 'dialog' | 'dialog wide' | 'drawer' = 'dialog';
  /** Set by [show]; called once. */
  settle: (result: R | undefined) => void = () => {};
  #result: R | undefined;
  #id = `modal-${++counter}`;

  protected abstract heading(): string;
  protected abstract content(): TemplateResult;
  protected footer(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** Runs on Enter in a field and on the submit button. */
  protected submit(): void | Promise<void> {}

  close(result?: R): void {
    this.#result = result;
    this.querySelector('dialog')?.close();
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  protected cancelButton(label = t('action.cancel')): TemplateResult {
    return button({ label, onClick: () => this.close() });
  }

  private async onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    try {
      await this.submit();
    } finally {
      this.busy = false;
    }
  }

  private onClose(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.remove();
    this.settle(this.#result);
  }

  protected override render() {
    const foot = this.footer();
    return html`<dialog class=${this.shape} aria-labelledby="${this.#id}-title" @close=${this.onClose}>
      <header>
        <h2 id="${this.#id}-title">${this.heading()}</h2>
        ${button({ label: t('action.close'), icon: 'close', bare: true, kind: 'quiet', onClick: () => this.close() })}
      </header>
      ${foot === nothing
        ? html`<div class="content">${this.content()}</div>`
        : html`<form novalidate @submit=${this.onSubmit}>
            <div class="content">${this.content()}</div>
            <footer>${foot}</footer>
          </form>`}
    </dialog>`;
  }
}

/** Opens a modal; answers what it was closed with, or nothing when it was dismissed. */
export function show<R>(modal: Modal<R>): Promise<R | undefined> {
  return new Promise((resolve) => {
    modal.settle = resolve;
    document.body.append(modal);
  });
}

/** Closes what lies open, for example when the route changes. */
export function closeAll(): void {
  for (const dialog of document.querySelectorAll('dialog[open]')) (dialog as HTMLDialogElement).close();
}
