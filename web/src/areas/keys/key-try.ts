import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Key } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { failure, statusTag } from '../../base/feedback.js';
import { field } from '../../base/fields.js';
import { t } from '../../i18n/t.js';

const packed = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const unpacked = (base64: string) => new TextDecoder().decode(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)));

/** Does with a short text what the key is for, and undoes it. */
@customElement('key-try')
export class KeyTry extends LightElement {
  @property({ attribute: false }) key!: Key;
  @state() private text = '';
  @state() private made = '';
  @state() private answer: string | boolean | undefined;
  @state() private failure: unknown;

  private get kind(): 'encrypt' | 'hmac' | 'sign' {
    return this.key.type === 'AES256_GCM' ? 'encrypt' : this.key.type === 'HMAC_SHA256' ? 'hmac' : 'sign';
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    this.failure = undefined;
    this.answer = undefined;
    try {
      await work();
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async there(): Promise<void> {
    const path = { name: this.key.name };
    const input = packed(this.text);
    switch (this.kind) {
      case 'encrypt':
        this.made = (await call('POST /api/keys/{name}/encrypt', { path, body: { plaintext: input } })).ciphertext;
        break;
      case 'hmac':
        this.made = (await call('POST /api/keys/{name}/hmac', { path, body: { input } })).hmac;
        break;
      case 'sign':
        this.made = (await call('POST /api/keys/{name}/sign', { path, body: { input } })).signature;
    }
  }

  private async back(): Promise<void> {
    const path = { name: this.key.name };
    const input = packed(this.text);
    const made = this.made.trim();
    switch (this.kind) {
      case 'encrypt':
        this.answer = unpacked((await call('POST /api/keys/{name}/decrypt', { path, body: { ciphertext: made } })).plaintext);
        break;
      case 'hmac':
        this.answer = (await call('POST /api/keys/{name}/verify-hmac', { path, body: { input, hmac: made } })).valid;
        break;
      case 'sign':
        this.answer = (await call('POST /api/keys/{name}/verify', { path, body: { input, signature: made } })).valid;
    }
  }

  protected override render() {
    const { kind, made, answer } = this;
    const [may, mayBack] = { encrypt: ['ENCRYPT_WITH_KEY', 'DECRYPT_WITH_KEY'], hmac: ['SIGN_WITH_KEY', 'VERIFY_WITH_KEY'], sign: ['SIGN_WITH_KEY', 'VERIFY_WITH_KEY'] }[kind] as [never, never];
    if (!session.can(may) && !session.can(mayBack)) return nothing;
    return html`<section class="stack">
      <h3>${t('keys.try')}</h3>
      ${field({ id: 'f-try-text', label: t('keys.try-text'), value: this.text, lines: 2, optional: true, onInput: (value) => (this.text = value) })}
      ${field({ id: 'f-try-made', label: t(`keys.try-${kind}ed`), value: made, lines: 3, mono: true, optional: true, onInput: (value) => (this.made = value) })}
      <div class="row">
        ${session.can(may) ? button({ label: t(`keys.${kind}`), onClick: () => void this.tried(() => this.there()) }) : nothing}
        ${session.can(mayBack) ? button({ label: t(`keys.un${kind}`), disabled: !made, onClick: () => void this.tried(() => this.back()) }) : nothing}
      </div>
      <div role="status">
        ${typeof answer === 'boolean' ? statusTag(answer ? 'ok' : 'bad', t(answer ? 'keys.valid' : 'keys.invalid')) : nothing}
        ${typeof answer === 'string' ? html`<p class="lines break">${t('keys.opened')} <b>${answer}</b></p>` : nothing}
      </div>
      ${this.failure ? failure(sentence(this.failure)) : nothing}
    </section>`;
  }
}
