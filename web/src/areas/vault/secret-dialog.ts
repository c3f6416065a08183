import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Secret } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { detailFields, NO_DETAILS, sent } from './details.js';
import { nameOf } from './secret-value.js';
import './value-field.js';

/** Adds a secret. */
@customElement('secret-dialog')
export class SecretDialog extends Modal<Secret> {
  private readonly form = new Form(this, { service: '', account: '', value: '', ...NO_DETAILS });

  /** Begins in a folder. */
  start(folder: string): void {
    this.form.values.service = folder;
  }

  protected override heading() {
    return t('secrets.add');
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${field({ ...form.text('service'), label: t('secrets.service'), maxLength: 512, hint: t('secrets.service-hint'), focus: true })}
      ${field({ ...form.text('account'), label: t('secrets.account'), maxLength: 255, hint: t('secrets.account-hint') })}
      <secret-value-field
        .error=${form.errors['value'] ?? ''}
        @value=${(event: CustomEvent<string>) => form.set('value', event.detail)}
      ></secret-value-field>
      ${detailFields(form)}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('secrets.add'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { service, account, value, ...details } = this.form.values;
    if (!this.form.require('service', 'account', 'value')) return;
    try {
      const added = await call('POST /api/secrets', { body: { service, account, value, ...sent(details) } });
      toast(t('secrets.added', { name: nameOf(added) }));
      this.close(added);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
