import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Permission, Token, TokenCreated } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { copySecret } from '../../base/clipboard.js';
import { banner } from '../../base/feedback.js';
import { checkbox, field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

const DAYS = [7, 30, 90, 180, 365];

/** Makes a token, then shows its secret once. */
@customElement('token-dialog')
export class TokenDialog extends Modal<Token> {
  /** Whose token it becomes; empty for an own one. */
  machine = '';
  @state() private made: TokenCreated | undefined;
  private readonly form = new Form(this, { name: '', permissions: [] as Permission[], expiresInDays: '90', addresses: '' });

  protected override heading() {
    return this.made ? t('tokens.made') : t('tokens.make');
  }

  private permissions() {
    const { permissions } = this.form.values;
    return html`<fieldset class="group">
      <legend>${t('tokens.permissions')}</legend>
      ${this.form.errors['permissions'] ? html`<span class="error-text">${this.form.errors['permissions']}</span>` : nothing}
      <div class="columns small-columns">
        ${session.me?.permissions.map((one) =>
          checkbox({
            id: `permission-${one}`,
            label: t(`permission.${one}`),
            checked: permissions.includes(one),
            onChange: (checked) =>
              this.form.set('permissions', checked ? [...permissions, one] : permissions.filter((other) => other !== one)),
          }),
        )}
      </div>
    </fieldset>`;
  }

  protected override content() {
    const { form, made } = this;
    if (made) {
      return html`${banner('warn', t('tokens.once'))}
        <div class="fingerprint" translate="no">${made.secret}</div>
        <div>
          ${button({
            label: t('action.copy'),
            icon: 'copy',
            onClick: () => void copySecret(made.secret).then(() => toast(t('secret.copied', { of: made.token.name }))),
          })}
        </div>`;
    }
    return html`${form.summary()} ${field({ ...form.text('name'), label: t('tokens.name'), maxLength: 100, focus: true })}
      ${this.permissions()}
      ${select({
        id: 'f-expires',
        label: t('tokens.valid'),
        value: form.values.expiresInDays,
        choices: DAYS.map((n) => ({ value: String(n), label: t('timeline.days', { n }) })),
        onChange: (value) => form.set('expiresInDays', value),
      })}
      ${field({ ...form.text('addresses'), label: t('tokens.addresses'), hint: t('tokens.addresses-hint'), optional: true })}`;
  }

  protected override footer() {
    if (this.made) return button({ label: t('action.close'), kind: 'primary', submit: true });
    return html`${this.cancelButton()} ${button({ label: t('tokens.make'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (this.made) {
      this.close(this.made.token);
      return;
    }
    const { name, permissions, expiresInDays, addresses } = this.form.values;
    if (!this.form.require('name')) return;
    const body = {
      name,
      permissions,
      expiresInDays: Number(expiresInDays),
      addresses: addresses.split(/[\s,]+/).filter(Boolean),
    };
    try {
      const path = { machine: this.machine };
      this.made = await withStepUp(() =>
        this.machine ? call('POST /api/machines/{machine}/tokens', { path, body }) : call('POST /api/tokens', { body }),
      );
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
