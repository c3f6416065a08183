import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Secret, Share, ShareCreate, SharePermission } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t, tryText } from '../../i18n/t.js';
import { nameOf } from './secret-value.js';
import { LEVELS } from './share-words.js';

const DAYS = [0, 1, 7, 30, 90, 365]; // 0 is until it is revoked
const DAY = 86_400_000; // milliseconds
const KINDS = ['USER', 'ROLE', 'MACHINE', 'TENANT'] as const;
const ROLES = ['ADMIN', 'OPERATOR', 'USER', 'READ_ONLY', 'AUDITOR'];
type Kind = (typeof KINDS)[number];

/** Shares one secret with somebody. */
@customElement('share-dialog')
export class ShareDialog extends Modal<Share> {
  secret: Secret | undefined;
  /** What another tenant shares, to be shared further; then with a tenant only. */
  received: Share | undefined;
  private readonly form = new Form(this, { kind: 'USER' as Kind, name: '', permission: 'READ' as SharePermission, days: '0' }, /^with/);

  protected override heading() {
    return t('shares.share-name', { name: this.name });
  }

  private get name(): string {
    return this.secret ? nameOf(this.secret) : `${this.received?.service}/${this.received?.account}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.received) this.form.set('kind', 'TENANT');
  }

  private receiver() {
    const { form } = this;
    const { kind } = form.values;
    const error = form.errors['name'] ?? form.errors['with.username'] ?? form.errors['with.id'] ?? form.errors['with.role'] ?? form.errors['role'];
    return field({
      ...form.text('name'),
      error,
      label: t(`shares.name-${kind}`),
      hint: kind === 'ROLE' ? t('shares.role-hint', { roles: ROLES.join(', ') }) : kind === 'TENANT' ? t('shares.tenant-hint') : undefined,
      maxLength: 100,
      mono: kind === 'TENANT',
      focus: true,
    });
  }

  protected override content() {
    const { form } = this;
    const { kind, permission, days } = form.values;
    return html`${form.summary()}
      ${select({
        id: 'f-kind',
        label: t('shares.with'),
        value: kind,
        choices: (this.received ? (['TENANT'] as const) : KINDS).map((value) => ({ value, label: t(`shares.kind-${value}`) })),
        onChange: (value) => {
          form.clear();
          form.set('kind', value as Kind);
        },
      })}
      ${this.receiver()}
      ${select({
        id: 'f-permission',
        label: t('shares.permission'),
        value: permission,
        choices: LEVELS.map((value) => ({ value, label: t(`shares.level-${value}`) })),
        hint: t('shares.permission-hint'),
        error: form.errors['permission'],
        onChange: (value) => form.set('permission', value as SharePermission),
      })}
      ${select({
        id: 'f-days',
        label: t('shares.until'),
        value: days,
        choices: DAYS.map((n) => ({ value: String(n), label: n === 0 ? t('shares.until-revoked') : t('timeline.days', { n }) })),
        error: form.errors['expires'],
        onChange: (value) => form.set('days', value),
      })}
      ${kind === 'TENANT' ? html`<p class="muted small">${t('shares.tenant-text')}</p>` : nothing}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('shares.share'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { kind, name, permission, days } = this.form.values;
    if (!this.form.require('name')) return;
    const wanted = name.trim();
    const receiver = { USER: { username: wanted }, MACHINE: { username: wanted }, ROLE: { role: wanted.toUpperCase() }, TENANT: { id: wanted } }[kind];
    const expires = Number(days) > 0 ? { expires: new Date(Date.now() + Number(days) * DAY).toISOString() } : {};
    const body: ShareCreate = { with: { kind, ...receiver }, permission, ...expires };
    try {
      const made = this.received
        ? await call('POST /api/shares/{share}/shares', { path: { share: this.received.id }, body })
        : await call('POST /api/secrets/{id}/shares', { path: { id: this.secret!.id }, body });
      toast(t('shares.shared', { name: this.name, with: tryText(`role.${wanted}`, wanted) }));
      this.close(made);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
