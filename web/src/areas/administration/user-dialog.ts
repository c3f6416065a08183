import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Role, User } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import '../../base/new-password.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { ROLES, loadRoles, roleName, roleText } from './roles.js';

/** Adds a user, or changes name, e-mail and role of one. */
@customElement('user-dialog')
export class UserDialog extends Modal<User> {
  private user: User | undefined;
  private ready = false;
  @state() private roles: readonly Role[] = ROLES;
  private readonly form = new Form(this, { username: '', password: '', role: 'USER' as Role, fullName: '', email: '' });

  edit(user: User): void {
    this.user = user;
    const { username, role, fullName = '', email = '' } = user;
    Object.assign(this.form.values, { username, role, fullName, email });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (session.can('READ_ACCESS')) void loadRoles().then((roles) => (this.roles = roles));
  }

  protected override heading() {
    return this.user ? `${t('users.edit')}: ${this.user.username}` : t('users.add');
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${this.user ? nothing : field({ ...form.text('username'), label: t('users.username'), maxLength: 80, focus: true })}
      ${select({
        id: 'f-role',
        label: t('users.role'),
        value: form.values.role,
        choices: [...new Set<Role>([...this.roles, form.values.role])].map((value) => ({ value, label: roleName(value) })),
        hint: roleText(form.values.role),
        error: form.errors['role'],
        onChange: (value) => form.set('role', value as Role),
      })}
      ${this.user
        ? nothing
        : html`<ui-new-password
            .error=${form.errors['password'] ?? ''}
            .estimate=${(password: string) =>
              call('POST /api/passwords/strength', { body: { password, username: form.values.username } })}
            @password=${(event: CustomEvent<{ password: string; ready: boolean }>) => {
              this.ready = event.detail.ready;
              form.set('password', event.detail.password);
            }}
          ></ui-new-password>`}
      ${field({ ...form.text('fullName'), label: t('user.full-name'), optional: true, maxLength: 200 })}
      ${field({ ...form.text('email'), label: t('user.email'), type: 'email', optional: true, maxLength: 254 })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()}
    ${button({ label: this.user ? t('action.save') : t('users.add'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { user } = this;
    const { username, password, role, fullName, email } = this.form.values;
    if (!user && (!this.form.require('username', 'password') || !this.ready)) return;
    const rest = { role, ...(fullName && { fullName }), ...(email && { email }) };
    try {
      const saved = user
        ? await call('PUT /api/users/{user}', { path: { user: user.id }, version: user.version, body: rest })
        : await call('POST /api/users', { body: { username, password, ...rest } });
      toast(user ? t('state.saved') : t('users.added', { name: saved.username }));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
