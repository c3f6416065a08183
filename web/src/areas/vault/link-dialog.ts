import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { LinkMade, Secret } from '../../api/schema.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { copySecret } from '../../base/clipboard.js';
import { banner } from '../../base/feedback.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { nameOf } from './secret-value.js';

const HOUR = 3_600_000; // milliseconds
const HOURS = [1, 24, 72, 168, 720];

/** Makes a temporary link, then shows it once. */
@customElement('link-dialog')
export class LinkDialog extends Modal<true> {
  secret!: Secret;
  @state() private made: LinkMade | undefined;
  private readonly form = new Form(this, { uses: '1', hours: '24', audience: '', addresses: '', note: '' });

  protected override heading() {
    return this.made ? t('links.made') : t('links.make-name', { name: nameOf(this.secret) });
  }

  protected override content() {
    const { form, made } = this;
    if (made) {
      const address = `${location.origin}${made.path}`;
      return html`${banner('warn', t('links.once'))}
        <div class="fingerprint" translate="no">${address}</div>
        <div>
          ${button({
            label: t('action.copy'),
            icon: 'copy',
            onClick: () => void copySecret(address).then(() => toast(t('secret.copied', { of: t('links.one') }))),
          })}
        </div>`;
    }
    return html`${form.summary()}
      <div class="columns">
        ${field({ ...form.text('uses'), label: t('links.uses'), type: 'number', min: 1, max: 1000, focus: true })}
        ${select({
          id: 'f-hours',
          label: t('links.ends'),
          value: form.values.hours,
          choices: HOURS.map((n) => ({ value: String(n), label: n === 1 ? t('links.hour') : t('timeline.days', { n: n / 24 }) })),
          error: form.errors['expires'],
          onChange: (value) => form.set('hours', value),
        })}
      </div>
      ${field({ ...form.text('audience'), label: t('links.audience'), hint: t('links.audience-hint'), maxLength: 200, optional: true })}
      ${field({ ...form.text('addresses'), label: t('tokens.addresses'), hint: t('tokens.addresses-hint'), optional: true })}
      ${field({ ...form.text('note'), label: t('links.note'), maxLength: 200, optional: true })}
      <p class="muted small">${t('links.text')}</p>`;
  }

  protected override footer() {
    if (this.made) return button({ label: t('action.close'), kind: 'primary', submit: true });
    return html`${this.cancelButton()} ${button({ label: t('links.make'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (this.made) {
      this.close(true);
      return;
    }
    const { uses, hours, audience, addresses, note } = this.form.values;
    if (!this.form.require('uses')) return;
    const body = {
      uses: Number(uses),
      expires: new Date(Date.now() + Number(hours) * HOUR - 5_000).toISOString(), // clocks differ a little
      audience: audience.trim(),
      addresses: addresses.split(/[\s,]+/).filter(Boolean),
      note,
    };
    try {
      this.made = await withStepUp(() => call('POST /api/secrets/{id}/links', { path: { id: this.secret.id }, body }));
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
