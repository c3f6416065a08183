import { html, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { copySecret, emptyClipboard } from './clipboard.js';
import { LightElement } from './element.js';
import { place } from './place.js';
import { styled } from './styled.js';
import { toast, toastFailure } from './toast.js';

const SHOWN = 30_000; // milliseconds until a revealed value hides
const TICK = 250;

export interface Secret {
  /** Whose value it is, for example "root at esxi-01". */
  of: string;
  /** Called a value rather than a password: a key, a token, a file. */
  plain?: boolean;
  /** Fetches the value; each call is recorded by the server. */
  fetch: (purpose: 'view' | 'copy') => Promise<string>;
  failed: (failure: unknown) => string;
}

/** Each character as digit, sign or letter, so that 0 and O, 1 and l differ by more than their form. */
function coloured(value: string): TemplateResult[] {
  return (value.match(/[0-9]+|[A-Za-z\s]+|[^0-9A-Za-z\s]+/g) ?? []).map(
    (run) => html`<span class=${/[0-9]/.test(run) ? 'digit' : /[A-Za-z\s]/.test(run) ? 'letter' : 'sign'}>${run}</span>`,
  );
}

/** Shows one value for 30 seconds; it hides at once when the window loses the focus or the page changes. */
@customElement('ui-revealed')
class Revealed extends LightElement {
  @property({ attribute: false }) secret!: Secret;
  @property({ attribute: false }) value = '';
  @state() private left = SHOWN;
  @state() private paused = false;
  #timer = 0;

  readonly hide = (): void => this.remove();
  readonly #onVisibility = () => document.hidden && this.hide();
  readonly #onToggle = (event: Event) => (event as ToggleEvent).newState === 'closed' && this.hide();

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'auto';
    this.className = 'pop revealed';
    this.setAttribute('role', 'dialog');
    this.setAttribute('aria-label', t('secret.value', { of: this.secret.of }));
    this.#timer = window.setInterval(() => this.tick(), TICK);
    addEventListener('blur', this.hide);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.addEventListener('toggle', this.#onToggle);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    removeEventListener('blur', this.hide);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.value = '';
  }

  private tick(): void {
    if (this.paused) return;
    this.left -= TICK;
    if (this.left <= 0) this.hide();
  }

  protected override render() {
    const around = 2 * Math.PI * 8;
    return html`<div class="box">
      <div class="row">
        <b class="break">${this.secret.of}</b>
        <span class="push row">
          ${svg`<svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="8"/>
            <circle class="left" cx="10" cy="10" r="8" ${styled({
              'stroke-dasharray': `${(around * this.left) / SHOWN} ${around}`,
            })}/></svg>`}
          <span class="muted">${t('secret.seconds', { n: Math.ceil(this.left / 1000) })}</span>
        </span>
      </div>
      <div class="value" tabindex="0" translate="no">${coloured(this.value)}</div>
      <div class="row">
        ${button({
          label: this.paused ? t('secret.resume') : t('secret.pause'),
          icon: this.paused ? 'play' : 'pause',
          onClick: () => (this.paused = !this.paused),
        })}
        ${button({ label: t('action.copy'), icon: 'copy', onClick: () => void copy(this.secret) })}
        ${button({ label: t('secret.hide'), icon: 'eye-off', kind: 'primary', onClick: this.hide })}
      </div>
    </div>`;
  }
}

let shown: Revealed | undefined;

async function reveal(secret: Secret, anchor: Element): Promise<void> {
  shown?.hide();
  try {
    const value = await secret.fetch('view');
    if (!anchor.isConnected) return;
    shown = new Revealed();
    shown.secret = secret;
    shown.value = value;
    (anchor.closest('dialog') ?? document.body).append(shown);
    await shown.updateComplete;
    shown.showPopover();
    place(shown, anchor);
    shown.querySelector<HTMLElement>('.value')?.focus();
    shown.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') (anchor as HTMLElement).focus();
    });
  } catch (failure) {
    toastFailure(secret.failed(failure));
  }
}

async function copy(secret: Secret): Promise<void> {
  try {
    await copySecret(await secret.fetch('copy'));
    toast(t(secret.plain ? 'secret.copied-value' : 'secret.copied', { of: secret.of }));
  } catch (failure) {
    toastFailure(failure instanceof DOMException ? t('secret.cannot-copy') : secret.failed(failure));
  }
}

/** Hides what is revealed, for example when the route changes. */
export function hideSecret(): void {
  shown?.hide();
  shown = undefined;
}

/** On lock and sign-out: hides, and empties the clipboard. */
export async function forgetSecrets(): Promise<void> {
  hideSecret();
  await emptyClipboard();
}

/** Dots with copy and reveal. The value itself is never in the page while it is hidden. */
export function secretField(secret: Secret): TemplateResult {
  return html`<span class="secret">
    <span aria-hidden="true">••••••••</span><span class="visually-hidden">${t('secret.hidden')}</span>
    ${button({
      label: t('action.copy'),
      name: t(secret.plain ? 'secret.copy-value' : 'secret.copy', { of: secret.of }),
      icon: 'copy',
      bare: true,
      mini: true,
      kind: 'quiet',
      onClick: () => void copy(secret),
    })}
    ${button({
      label: t('secret.show'),
      name: t(secret.plain ? 'secret.reveal-value' : 'secret.reveal', { of: secret.of }),
      icon: 'eye',
      bare: true,
      mini: true,
      kind: 'quiet',
      onClick: (event) => void reveal(secret, event.currentTarget as Element),
    })}
  </span>`;
}

/** Text that may be shown, with a copy button. */
export function copyable(text: string, label: string): TemplateResult {
  return html`<span class="row"
    ><code class="break">${text}</code>${button({
      label,
      icon: 'copy',
      bare: true,
      mini: true,
      kind: 'quiet',
      onClick: () => void navigator.clipboard.writeText(text).then(() => toast(t('action.copied'))),
    })}</span
  >`;
}

