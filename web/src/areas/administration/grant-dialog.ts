import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Grant, GrantEffect, Permission } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { checkbox, field, select, type Choice } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

const DAYS = [0, 1, 7, 30, 90, 365]; // 0 is for good
const DAY = 86_400_000; // milliseconds

/** Gives a right on a path, or denies it. */
@customElement('grant-dialog')
export class GrantDialog extends Modal<Grant> {
  /** Whom it may be for: `role:NAME`, `user:ID` and `machine:ID`. */
  subjects: Choice[] = [];
  private readonly form = new Form(this, {
    subject: '',
    effect: 'ALLOW' as GrantEffect,
    permissions: [] as Permission[],
    pattern: '',
    days: '0',
  });

  protected override heading() {
    return t('access.add');
  }

  private permissions() {
    const { permissions } = this.form.values;
    return html`<fieldset class="group">
      <legend>${t('tokens.permissions')}</legend>
      ${this.form.errors['permissions'] ? html`<span class="error-text">${this.form.errors['permissions']}</span>` : ''}
      <div class="columns small-columns">
        ${session.me?.permissions.map((one) =>
          checkbox({
            id: `grant-${one}`,
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
    const { form } = this;
    const { values } = form;
    values.subject ||= this.subjects[0]?.value ?? '';
    return html`${form.summary()}
      ${select({
        id: 'f-subject',
        label: t('access.subject'),
        value: values.subject,
        choices: this.subjects,
        error: form.errors['subject.id'] ?? form.errors['role'],
        onChange: (value) => form.set('subject', value),
      })}
      ${select({
        id: 'f-effect',
        label: t('access.effect'),
        value: values.effect,
        choices: [
          { value: 'ALLOW', label: t('access.ALLOW') },
          { value: 'DENY', label: t('access.DENY') },
        ],
        hint: t('access.effect-hint'),
        onChange: (value) => form.set('effect', value as GrantEffect),
      })}
      ${field({ ...form.text('pattern'), label: t('access.pattern'), hint: t('access.pattern-hint'), maxLength: 1024, mono: true })}
      ${this.permissions()}
      ${select({
        id: 'f-days',
        label: t('tokens.valid'),
        value: values.days,
        choices: DAYS.map((n) => ({ value: String(n), label: n === 0 ? t('access.for-good') : t('timeline.days', { n }) })),
        error: form.errors['expires'],
        onChange: (value) => form.set('days', value),
      })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('access.add'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { subject, effect, permissions, pattern, days } = this.form.values;
    if (!this.form.require('pattern')) return;
    const [kind, name] = [subject.slice(0, subject.indexOf(':')), subject.slice(subject.indexOf(':') + 1)];
    const expires = Number(days) > 0 ? { expires: new Date(Date.now() + Number(days) * DAY).toISOString() } : {};
    try {
      const made = await call('POST /api/access/grants', {
        body: {
          subject: kind === 'role' ? { kind: 'ROLE', role: name } : { kind: kind === 'machine' ? 'MACHINE' : 'USER', id: name },
          effect,
          permissions,
          pattern: pattern.trim(),
          ...expires,
        },
      });
      toast(t('state.saved'));
      this.close(made);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
