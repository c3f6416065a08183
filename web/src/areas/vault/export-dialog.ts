import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { download } from '../../api/client.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { banner } from '../../base/feedback.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

const FORMATS = ['KEEPASS', 'CSV', 'JSON'] as const;
type Format = (typeof FORMATS)[number];

/** Exports what is filtered with values; wants the password again. */
@customElement('secret-export-dialog')
export class SecretExportDialog extends Modal {
  query: { q?: string; service?: string; tag?: string[]; state?: 'ACTIVE' | 'ARCHIVED' } = {};
  private readonly form = new Form(this, { format: 'KEEPASS' as Format, passphrase: '' });

  protected override heading() {
    return t('secrets.export');
  }

  protected override content() {
    const { form } = this;
    const { format } = form.values;
    return html`<p>${t('secrets.export-text')}</p>
      ${form.summary()}
      ${select({
        id: 'f-format',
        label: t('export.format'),
        value: format,
        choices: FORMATS.map((value) => ({ value, label: t(`export.${value.toLowerCase() as 'csv'}`) })),
        onChange: (value) => form.set('format', value as Format),
      })}
      ${format === 'KEEPASS'
        ? field({
            ...form.text('passphrase'),
            label: t('configuration.passphrase'),
            type: 'password',
            autocomplete: 'new-password',
            hint: t('configuration.passphrase-hint'),
            maxLength: 128,
          })
        : banner('warn', t('export.plain'))}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.export'), icon: 'download', kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { format, passphrase } = this.form.values;
    if (format === 'KEEPASS' && !this.form.require('passphrase')) return;
    const body = { format, ...(format === 'KEEPASS' && { passphrase }) };
    try {
      const name = await withStepUp(() => download('POST /api/secrets/export', { query: this.query, body }));
      if (!name) return;
      toast(t('export.done', { name }));
      this.close();
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
