import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call, download } from '../../api/client.js';
import type { ImportResult } from '../../api/schema.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { banner } from '../../base/feedback.js';
import { field, select, toggle } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

/** Configuration of all environments as one file; passwords only when asked, encrypted. */
@customElement('configuration-export')
export class ConfigurationExport extends Modal {
  private readonly form = new Form(this, { format: 'json', sealed: false, passphrase: '' });

  protected override heading() {
    return t('configuration.export');
  }

  protected override content() {
    const { form } = this;
    return html`<p>${t('configuration.export-text')}</p>
      ${form.summary()}
      ${select({
        id: 'f-format',
        label: t('configuration.format'),
        value: form.values.format,
        choices: [
          { value: 'json', label: 'JSON' },
          { value: 'yaml', label: 'YAML' },
        ],
        onChange: (value) => form.set('format', value),
      })}
      ${toggle({
        id: 'f-sealed',
        label: t('configuration.with-passwords'),
        checked: form.values.sealed,
        onChange: (checked) => form.set('sealed', checked),
      })}
      ${form.values.sealed
        ? field({
            ...form.text('passphrase'),
            label: t('configuration.passphrase'),
            type: 'password',
            autocomplete: 'new-password',
            hint: t('configuration.passphrase-hint'),
            maxLength: 128,
          })
        : nothing}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.export'), icon: 'download', kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { format, sealed, passphrase } = this.form.values;
    if (sealed && !this.form.require('passphrase')) return;
    const body = { format: format as 'json' | 'yaml', ...(sealed && { passphrase }) };
    try {
      const name = await withStepUp(() => download('POST /api/environments/export', { body }));
      if (!name) return;
      toast(t('export.done', { name }));
      this.close();
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}

/** Brings environments in from such a file: first a rehearsal, then in earnest. */
@customElement('configuration-import')
export class ConfigurationImport extends Modal<true> {
  @state() private rehearsed: ImportResult | undefined;
  @state() private file = '';
  private readonly form = new Form(this, { document: '', passphrase: '', existing: 'refuse' });

  protected override heading() {
    return t('configuration.import');
  }

  private async read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    this.rehearsed = undefined;
    this.file = file?.name ?? '';
    this.form.set('document', file ? await file.text() : '');
  }

  private outcome(result: ImportResult) {
    const line = (label: string, names: string[]) => (names.length > 0 ? html`<dt>${label}</dt><dd>${names.join(', ')}</dd>` : nothing);
    return banner(
      'info',
      html`<b>${t('configuration.rehearsed')}</b>
        <dl class="facts">
          ${line(t('configuration.created'), result.created)} ${line(t('configuration.replaced'), result.replaced)}
          ${line(t('configuration.skipped'), result.skipped)} ${line(t('configuration.without-password'), result.withoutPassword)}
        </dl>`,
    );
  }

  protected override content() {
    const { form } = this;
    return html`<p>${t('configuration.import-text')}</p>
      ${form.summary()}
      <div class="field">
        <label for="f-file">${t('configuration.file')}</label>
        <input class="input" type="file" id="f-file" accept=".json,.yaml,.yml" @change=${this.read} />
        ${form.errors['document'] ? html`<span class="error-text">${form.errors['document']}</span>` : nothing}
      </div>
      ${field({
        ...form.text('passphrase'),
        label: t('configuration.passphrase'),
        type: 'password',
        hint: t('configuration.import-passphrase-hint'),
        optional: true,
        maxLength: 128,
      })}
      ${select({
        id: 'f-existing',
        label: t('configuration.existing'),
        value: form.values.existing,
        choices: (['refuse', 'skip', 'replace'] as const).map((value) => ({ value, label: t(`configuration.existing-${value}`) })),
        onChange: (value) => {
          this.rehearsed = undefined;
          form.set('existing', value);
        },
      })}
      <div role="status">${this.rehearsed ? this.outcome(this.rehearsed) : nothing}</div>`;
  }

  protected override footer() {
    const label = this.rehearsed ? t('action.import') : t('configuration.rehearse');
    return html`${this.cancelButton()} ${button({ label, kind: 'primary', submit: true, busy: this.busy, disabled: this.file === '' })}`;
  }

  protected override async submit() {
    const { document, passphrase, existing } = this.form.values;
    const dryRun = !this.rehearsed;
    const choice = existing as 'refuse' | 'skip' | 'replace';
    try {
      this.form.clear();
      const result = await call('POST /api/environments/import', {
        body: { document, existing: choice, dryRun, ...(passphrase && { passphrase }) },
      });
      if (dryRun) {
        this.rehearsed = result;
        return;
      }
      toast(t('configuration.done', { n: result.created.length + result.replaced.length }));
      this.close(true);
    } catch (failure) {
      this.rehearsed = undefined;
      this.form.refuse(failure);
    }
  }
}
