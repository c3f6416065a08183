import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call, Refused } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { LinkValue } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { banner } from '../../base/feedback.js';
import { t } from '../../i18n/t.js';

/** What a temporary link leads to. Nothing is asked of the server, and no use is taken, until somebody presses. */
@customElement('link-page')
export class LinkPage extends LightElement {
  @state() private shown: LinkValue | undefined;
  @state() private busy = false;
  #token = location.hash.slice(1);
  @state() private failure: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${t('link.title')} · Holdfast`;
    history.replaceState(null, '', location.pathname); // what opens it stays neither in the address nor in the history
  }

  private async open(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      const audience = this.querySelector<HTMLInputElement>('input')?.value.trim();
      this.shown = await call('POST /api/links/open', { body: { token: this.#token, ...(audience && { audience }) } });
      this.#token = '';
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  private refusal() {
    const { failure } = this;
    if (!failure) return nothing;
    const over = failure instanceof Refused && failure.code === 'not-found';
    return banner('bad', over ? t('link.over') : sentence(failure));
  }

  private value({ name, value, valueBase64 }: LinkValue) {
    const text = value ?? valueBase64 ?? '';
    return html`<p class="break"><b>${name}</b></p>
      ${valueBase64 === undefined ? nothing : html`<p class="muted">${t('link.bytes')}</p>`}
      <div class="fingerprint" translate="no" tabindex="0" role="region" aria-label=${t('secrets.value')}>${text}</div>
      <div>${button({ label: t('action.copy'), icon: 'copy', kind: 'primary', onClick: () => void navigator.clipboard.writeText(text) })}</div>
      <p class="muted small">${t('link.gone')}</p>`;
  }

  protected override render() {
    return html`<main class="sign-in">
      <div class="card">
        <div class="brand">
          <div>
            <h1>Holdfast</h1>
            <p class="muted">${t('link.title')}</p>
          </div>
        </div>
        <form novalidate @submit=${(event: Event) => void this.open(event)}>
          ${this.shown
            ? this.value(this.shown)
            : this.#token
              ? html`<p>${t('link.text')}</p>
                <div role="status">${this.refusal()}</div>
                <div class="field">
                  <label for="audience">${t('link.audience')}</label>
                  <input class="input" id="audience" maxlength="200" autocomplete="off" aria-describedby="audience-hint" />
                  <span class="hint" id="audience-hint">${t('link.audience-hint')}</span>
                </div>
                ${button({ label: t('link.show'), kind: 'primary', submit: true, busy: this.busy })}`
              : html`<p>${t('link.over')}</p>`}
        </form>
      </div>
    </main>`;
  }
}
