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

/** Stores a new value on top of the version that was seen. */
@customElement('secret-put-dialog')
export class PutDialog extends Modal<Secret> {
  secret!: Secret;
  private readonly form = new Form(this, { value: '', change: '' });

  protected override heading() {
    return t('secrets.put-title', { name: nameOf(this.secret) });
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      <secret-value-field
        .error=${form.errors['value'] ?? ''}
        @value=${(event: CustomEvent<string>) => form.set('value', event.detail)}
      ></secret-value-field>
      ${field({ ...form.text('change'), label: t('secrets.change'), optional: true, maxLength: 500, hint: t('secrets.change-hint') })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('secrets.put'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('value')) return;
    const { value, change } = this.form.values;
    const body = { value, expectedVersion: this.secret.version, ...(change && { change }) };
    try {
      const saved = await call('POST /api/secrets/{id}/versions', { path: { id: this.secret.id }, body });
      toast(t('secrets.put-done', { n: saved.version }));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}

/** Changes what is known beside the value. */
@customElement('secret-details-dialog')
export class DetailsDialog extends Modal<Secret> {
  private secret!: Secret;
  private readonly form = new Form(this, { ...NO_DETAILS });

  edit(secret: Secret): void {
    this.secret = secret;
    const { tags, notes, onExpiry, keepVersions, expires = '' } = secret;
    const day = expires && new Date(expires).toLocaleDateString('sv'); // ISO, in the user's zone
    Object.assign(this.form.values, { tags: tags.join(', '), notes, onExpiry, keepVersions: String(keepVersions), expires: day });
  }

  protected override heading() {
    return t('secrets.edit-title', { name: nameOf(this.secret) });
  }

  protected override content() {
    return html`${this.form.summary()} ${detailFields(this.form)}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.save'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const clear: Array<'expires'> = this.secret.expires && !this.form.values.expires ? ['expires'] : [];
    const body = { ...sent(this.form.values), clear, expectedVersion: this.secret.version };
    try {
      const saved = await call('PATCH /api/secrets/{id}', { path: { id: this.secret.id }, body });
      toast(t('state.saved'));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
