import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { LightElement } from './element.js';
import { field } from './fields.js';
import { strengthMeter, type Estimate } from './strength.js';

const PAUSE = 250; // milliseconds of typing before the strength is asked for

/** A new password, typed twice, with its strength. Sends `password` with `{ password, ready }` as detail. */
@customElement('ui-new-password')
export class NewPassword extends LightElement {
  @property({ attribute: false }) estimate: (password: string) => Promise<Estimate> = async () => ({ score: 0, accepted: false });
  @property() error = '';
  @state() private password = '';
  @state() private repeated = '';
  @state() private strength: Estimate | undefined;
  #timer = 0;

  private typed(password: string): void {
    this.password = password;
    clearTimeout(this.#timer);
    this.strength = undefined;
    if (password) this.#timer = window.setTimeout(() => void this.ask(password), PAUSE);
    this.tell();
  }

  private async ask(password: string): Promise<void> {
    try {
      const strength = await this.estimate(password);
      if (password === this.password) this.strength = strength;
    } catch {
      // the server judges again when the password is sent
    }
  }

  private tell(): void {
    const ready = this.password !== '' && this.password === this.repeated;
    this.dispatchEvent(new CustomEvent('password', { detail: { password: this.password, ready } }));
  }

  clear(): void {
    this.password = '';
    this.repeated = '';
    this.strength = undefined;
  }

  protected override render() {
    const differ = this.repeated !== '' && !this.password.startsWith(this.repeated) && this.password !== this.repeated;
    return html`<div class="stack">
      ${field({
        id: 'f-new-password',
        label: t('password.new'),
        type: 'password',
        autocomplete: 'new-password',
        value: this.password,
        maxLength: 128,
        hint: t('password.rule'),
        error: this.error || undefined,
        onInput: (value) => this.typed(value),
      })}
      ${strengthMeter(this.strength)}
      ${field({
        id: 'f-repeat-password',
        label: t('password.repeat'),
        type: 'password',
        autocomplete: 'new-password',
        value: this.repeated,
        maxLength: 128,
        error: differ ? t('password.differ') : undefined,
        onInput: (value) => {
          this.repeated = value;
          this.tell();
        },
      })}
    </div>`;
  }
}
