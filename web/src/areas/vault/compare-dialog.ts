import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Secret, SecretComparison } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { banner, failure, skeleton } from '../../base/feedback.js';
import { Modal } from '../../base/modal.js';
import { t } from '../../i18n/t.js';
import { nameOf } from './secret-value.js';

/** What differs between two versions; the values only when they are asked for, which is recorded. */
@customElement('secret-compare-dialog')
export class CompareDialog extends Modal {
  secret!: Secret;
  from = 1;
  to = 1;
  @state() private comparison: SecretComparison | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'dialog wide';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load(false);
  }

  private async load(values: boolean): Promise<void> {
    const options = { path: { id: this.secret.id }, query: { from: this.from, to: this.to, values } };
    try {
      const answer = await withStepUp(() => call('GET /api/secrets/{id}/compare', options));
      if (answer) this.comparison = answer;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return t('secrets.compare-title', { name: nameOf(this.secret), from: this.from, to: this.to });
  }

  private side(text: string | undefined, mark: string) {
    return html`<td class="mono break">${text === undefined ? html`<span class="muted">–</span>` : html`<span aria-hidden="true">${mark} </span>${text}`}</td>`;
  }

  private table(rows: Array<{ name: string; from?: string | undefined; to?: string | undefined }>) {
    return html`<div class="scroll-x">
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">${t('secrets.member')}</th>
            <th scope="col">${t('secrets.version-n', { n: this.from })}</th>
            <th scope="col">${t('secrets.version-n', { n: this.to })}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ name, from, to }) => html`<tr><th scope="row">${name}</th>${this.side(from, '−')}${this.side(to, '+')}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  protected override content() {
    const { comparison } = this;
    if (this.failure) return failure(sentence(this.failure), () => void this.load(false));
    if (!comparison) return skeleton(4);
    const { sameValue, details, values } = comparison;
    return html`${banner('info', t(sameValue ? 'secrets.same-value' : 'secrets.other-value'))}
      ${details.length > 0 ? this.table(details.map((one) => ({ ...one, name: one.member }))) : nothing}
      ${values && values.length > 0 ? html`<h3>${t('secrets.value')}</h3>${this.table(values.map((one) => ({ ...one, name: one.at })))}` : nothing}
      ${!values && !sameValue && session.can('REVEAL_SECRET')
        ? html`<p>${button({ label: t('secrets.compare-values'), icon: 'eye', onClick: () => void this.load(true) })}</p>`
        : nothing}`;
  }
}
