import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Key, KeyType } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { TYPES } from './words.js';

/** Makes a key. */
@customElement('key-dialog')
export class KeyDialog extends Modal<Key> {
  private readonly form = new Form(this, { name: '', type: 'AES256_GCM' as KeyType });

  protected override heading() {
    return t('keys.add');
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${field({ ...form.text('name'), label: t('keys.name'), hint: t('keys.name-hint'), maxLength: 128, focus: true })}
      ${select({
        id: 'f-type',
        label: t('keys.type'),
        value: form.values.type,
        choices: TYPES.map((value) => ({ value, label: t(`keys.type-${value}`) })),
        hint: t(`keys.for-${form.values.type.startsWith('AES') ? 'encrypt' : form.values.type.startsWith('HMAC') ? 'hmac' : 'sign'}`),
        error: form.errors['type'],
        onChange: (value) => form.set('type', value as KeyType),
      })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('keys.add'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('name')) return;
    const { name, type } = this.form.values;
    try {
      const made = await call('POST /api/keys', { body: { name: name.trim(), type } });
      toast(t('keys.added', { name: made.name }));
      this.close(made);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}

/** Sets which versions work, and whether it may be destroyed. */
@customElement('key-settings')
export class KeySettings extends Modal<Key> {
  private of!: Key;
  private readonly form = new Form(this, { minDecryptionVersion: '1', minEncryptionVersion: '0', deletionAllowed: 'false' });

  edit(key: Key): void {
    this.of = key;
    const { minDecryptionVersion, minEncryptionVersion, deletionAllowed } = key;
    Object.assign(this.form.values, {
      minDecryptionVersion: String(minDecryptionVersion),
      minEncryptionVersion: String(minEncryptionVersion),
      deletionAllowed: String(deletionAllowed),
    });
  }

  protected override heading() {
    return t('keys.settings-of', { name: this.of.name });
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${field({ ...form.text('minDecryptionVersion'), label: t('keys.min-decryption'), hint: t('keys.min-decryption-hint'), type: 'number', min: 1, max: this.of.version, focus: true })}
      ${field({ ...form.text('minEncryptionVersion'), label: t('keys.min-encryption'), hint: t('keys.min-encryption-hint'), type: 'number', min: 0, max: this.of.version })}
      ${select({
        id: 'f-deletionAllowed',
        label: t('keys.deletion'),
        value: form.values.deletionAllowed,
        choices: (['false', 'true'] as const).map((value) => ({ value, label: t(`keys.deletion-${value}`) })),
        onChange: (value) => form.set('deletionAllowed', value),
      })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.save'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('minDecryptionVersion', 'minEncryptionVersion')) return;
    const { minDecryptionVersion, minEncryptionVersion, deletionAllowed } = this.form.values;
    const body = {
      minDecryptionVersion: Number(minDecryptionVersion),
      minEncryptionVersion: Number(minEncryptionVersion),
      deletionAllowed: deletionAllowed === 'true',
    };
    try {
      const saved = await call('PATCH /api/keys/{name}', { path: { name: this.of.name }, version: this.of.revision, body });
      toast(t('state.saved'));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
