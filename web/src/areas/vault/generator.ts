import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { GeneratedSecret } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { checkbox, field, select } from '../../base/fields.js';
import { toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

const KINDS = ['PASSWORD', 'PASSPHRASE', 'VCF', 'PIN', 'API_KEY', 'TOKEN', 'ENCRYPTION_KEY', 'UUID', 'KEY_PAIR'] as const;
type Kind = (typeof KINDS)[number];

/** Makes a value on the server and sends it as `value`; what was made stands in the field, not here. */
@customElement('secret-generator')
export class SecretGenerator extends LightElement {
  @state() private kind: Kind = 'PASSWORD';
  @state() private length = 24;
  @state() private words = 6;
  @state() private symbols = true;
  @state() private bits: number | undefined;
  @state() private busy = false;

  private get wanted() {
    switch (this.kind) {
      case 'VCF':
        return { template: 'VCF' as const };
      case 'PASSWORD': {
        const classes: Array<'LOWER' | 'UPPER' | 'DIGITS' | 'SYMBOLS'> = ['LOWER', 'UPPER', 'DIGITS'];
        return { kind: this.kind, length: this.length, classes: this.symbols ? [...classes, 'SYMBOLS' as const] : classes };
      }
      case 'PASSPHRASE':
        return { kind: this.kind, words: this.words };
      default:
        return { kind: this.kind };
    }
  }

  private async make(): Promise<void> {
    this.busy = true;
    try {
      const made = await call('POST /api/generate', { body: this.wanted });
      this.bits = made.bits;
      this.dispatchEvent(new CustomEvent<GeneratedSecret>('value', { detail: made }));
    } catch (failure) {
      toastFailure(sentence(failure));
    } finally {
      this.busy = false;
    }
  }

  private number(id: string, label: string, value: number, min: number, max: number, set: (value: number) => void) {
    return field({ id, label, type: 'number', value: String(value), min, max, onInput: (text) => set(Number(text) || min) });
  }

  protected override render() {
    return html`<fieldset class="generator">
      <legend>${t('generator.title')}</legend>
      <div class="generator-choices">
        ${select({
          id: 'f-generator-kind',
          label: t('generator.kind'),
          value: this.kind,
          choices: KINDS.map((value) => ({ value, label: t(`generator.${value}`) })),
          onChange: (value) => {
            this.kind = value as Kind;
            this.bits = undefined;
          },
        })}
        ${this.kind === 'PASSWORD' ? this.number('f-generator-length', t('generator.length'), this.length, 4, 256, (n) => (this.length = n)) : nothing}
        ${this.kind === 'PASSPHRASE' ? this.number('f-generator-words', t('generator.words'), this.words, 3, 20, (n) => (this.words = n)) : nothing}
      </div>
      ${this.kind === 'PASSWORD'
        ? checkbox({ id: 'f-generator-symbols', label: t('generator.symbols'), checked: this.symbols, onChange: (on) => (this.symbols = on) })
        : nothing}
      <div class="row">
        ${button({ label: t('generator.make'), icon: 'sync', busy: this.busy, onClick: () => void this.make() })}
        <span class="muted" role="status">${this.bits === undefined ? '' : t('generator.bits', { n: this.bits })}</span>
      </div>
    </fieldset>`;
  }
}
