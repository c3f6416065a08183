import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Certificate } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { banner } from '../../base/feedback.js';
import { Modal } from '../../base/modal.js';
import { exact, relative } from '../../base/moment.js';
import { t } from '../../i18n/t.js';
import { fingerprint as lines } from './fingerprint.js';

/** Shows a certificate that is not trusted yet; closing with `true` pins it. */
@customElement('trust-dialog')
export class TrustDialog extends Modal<true> {
  certificate!: Certificate;
  host = '';

  protected override heading() {
    return t('trust.ask', { host: this.host });
  }

  protected override content() {
    const { fingerprint, subject, issuer, notBefore, notAfter, pinned } = this.certificate;
    const expired = Date.parse(notAfter) < Date.now();
    return html`${pinned ? banner('bad', t('trust.changed')) : html`<p>${t('trust.ask-text')}</p>`}
      <div class="stack tight">
        <b>${t('trust.fingerprint')}</b>
        <div class="fingerprint">${lines(fingerprint)}</div>
      </div>
      ${pinned
        ? html`<div class="stack tight">
            <b>${t('trust.expected')}</b>
            <div class="fingerprint">${lines(pinned)}</div>
          </div>`
        : nothing}
      <dl class="facts">
        <dt>${t('trust.subject')}</dt>
        <dd>${subject}</dd>
        <dt>${t('trust.issuer')}</dt>
        <dd>${issuer}${issuer === subject ? html` <span class="tag">${t('trust.self-signed')}</span>` : nothing}</dd>
        <dt>${t('trust.from')}</dt>
        <dd>${exact(notBefore)}</dd>
        <dt>${t('trust.to')}</dt>
        <dd>${exact(notAfter)} (${relative(notAfter)})</dd>
      </dl>
      ${expired ? banner('bad', t('trust.expired')) : nothing}`;
  }

  protected override footer() {
    return html`${this.cancelButton(t('trust.refuse'))}
    ${button({ label: t('trust.accept'), kind: this.certificate.pinned ? 'danger primary' : 'primary', submit: true })}`;
  }

  protected override submit() {
    this.close(true);
  }
}
