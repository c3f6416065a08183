import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { GeneratedSecret, SecretStrength } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { field } from '../../base/fields.js';
import { strengthMeter } from '../../base/strength.js';
import { t } from '../../i18n/t.js';
import './generator.js';

const PAUSE = 250; // milliseconds of typing before the strength is asked for
const STRONG = 3; // of 4: what zxcvbn calls safely unguessable
const JUDGED = 256; // characters; what is longer is a file, not a password

/** Where a value is typed, pasted or made. Sends `value` with the text as detail. */
@customElement('secret-value-field')
export class SecretValueField extends LightElement {
  @property() error = '';
  @state() private value = '';
  @state() private lines = false;
  @state() private seen = false;
  @state() private making = false;
  @state() private strength: SecretStrength | undefined;
  #timer = 0;

  private typed(value: string): void {
    this.value = value;
    this.strength = undefined;
    clearTimeout(this.#timer);
    if (value && value.length <= JUDGED && !value.includes('\n')) this.#timer = window.setTimeout(() => void this.judge(value), PAUSE);
    this.dispatchEvent(new CustomEvent('value', { detail: value }));
  }

  private async judge(value: string): Promise<void> {
    try {
      const strength = await call('POST /api/strength', { body: { value } });
      if (value === this.value) this.strength = strength;
    } catch {
      // a hint only
    }
  }

  private made(made: GeneratedSecret): void {
    this.lines = made.value.includes('\n');
    this.typed(made.value);
  }

  protected override render() {
    const { strength } = this;
    return html`<div class="stack">
      ${field({
        id: 'f-value',
        label: t('secrets.value'),
        ...(this.lines ? { lines: 6, mono: true } : { type: this.seen ? ('text' as const) : ('password' as const) }),
        autocomplete: 'off',
        value: this.value,
        error: this.error || undefined,
        onInput: (value) => this.typed(value),
      })}
      <div class="row">
        ${this.lines
          ? nothing
          : button({
              label: this.seen ? t('secret.hide') : t('secret.show'),
              icon: this.seen ? 'eye-off' : 'eye',
              kind: 'quiet',
              onClick: () => (this.seen = !this.seen),
            })}
        ${button({ label: this.lines ? t('secrets.one-line') : t('secrets.many-lines'), icon: 'list', kind: 'quiet', onClick: () => (this.lines = !this.lines) })}
        ${button({ label: t('generator.open'), icon: 'sync', kind: 'quiet', onClick: () => (this.making = !this.making) })}
      </div>
      ${this.making
        ? html`<secret-generator @value=${(event: CustomEvent<GeneratedSecret>) => {
            event.stopPropagation();
            this.made(event.detail);
          }}></secret-generator>`
        : nothing}
      ${strength ? strengthMeter({ ...strength, accepted: strength.score >= STRONG }) : nothing}
    </div>`;
  }
}
