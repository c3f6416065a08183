import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { download } from '../../api/client.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { banner } from '../../base/feedback.js';
import { field, select, toggle } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import type { CredentialQuery } from './filters.js';

const FORMATS = ['csv', 'excel', 'json', 'yaml', 'keepass', 'break-glass'] as const;
const SEALED: readonly string[] = ['keepass', 'break-glass'];
type Format = (typeof FORMATS)[number];

/** Exports the whole filter with values; wants the password again. */
@customElement('export-dialog')
export class ExportDialog extends Modal {
  environment = '';
  query: CredentialQuery = {};
  total = 0;
  filtered = false;
  private readonly form = new Form(this, { format: 'excel' as Format, guard: false, passphrase: '' });

  protected override heading() {
    if (this.form.values.format === 'break-glass') return t('export.break-glass-title');
    return t('export.title', { n: this.total });
  }

  protected override content() {
    const { form } = this;
    const { format, guard } = form.values;
    return html`<p>${this.about(format)}</p>
      ${form.summary()}
      ${select({
        id: 'f-format',
        label: t('export.format'),
        value: format,
        choices: FORMATS.map((value) => ({ value, label: t(`export.${value}`) })),
        onChange: (value) => form.set('format', value as Format),
      })}
      ${format === 'csv'
        ? toggle({
            id: 'f-guard',
            label: t('export.guard'),
            hint: t('export.guard-hint'),
            checked: guard,
            onChange: (value) => form.set('guard', value),
          })
        : nothing}
      ${SEALED.includes(format)
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

  private about(format: Format) {
    if (format === 'break-glass') return t('export.break-glass-what');
    return this.filtered ? t('export.filtered', { n: this.total }) : t('export.all', { n: this.total });
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.export'), icon: 'download', kind: 'primary', submit: true, busy: this.busy })}`;
  }

  private fetch(): Promise<string> {
    const path = { id: this.environment };
    const { query } = this;
    switch (this.form.values.format) {
      case 'csv':
        return download('GET /api/environments/{id}/export/csv', { path, query: { ...query, guard: this.form.values.guard } });
      case 'excel':
        return download('GET /api/environments/{id}/export/excel', { path, query });
      case 'json':
        return download('GET /api/environments/{id}/export/json', { path, query });
      case 'yaml':
        return download('GET /api/environments/{id}/export/yaml', { path, query });
      case 'keepass':
        return download('POST /api/environments/{id}/export/keepass', { path, query, body: { passphrase: this.form.values.passphrase } });
      case 'break-glass':
        return download('POST /api/environments/{id}/export/break-glass', { path, body: { passphrase: this.form.values.passphrase } });
    }
  }

  protected override async submit() {
    if (SEALED.includes(this.form.values.format) && !this.form.require('passphrase')) return;
    try {
      const name = await withStepUp(() => this.fetch());
      if (!name) return;
      toast(t('export.done', { name }));
      this.close();
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
