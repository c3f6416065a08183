import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Machine } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { ROLES, loadRoles, roleName, roleText } from './roles.js';

/** Adds a machine, or changes description and role of one. */
@customElement('machine-dialog')
export class MachineDialog extends Modal<Machine> {
  private machine: Machine | undefined;
  @state() private roles: readonly string[] = ROLES;
  private readonly form = new Form(this, { name: '', description: '', role: '' });

  edit(machine: Machine): void {
    this.machine = machine;
    const { name, description = '', role = '' } = machine;
    Object.assign(this.form.values, { name, description, role });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (session.can('READ_ACCESS')) void loadRoles().then((roles) => (this.roles = roles));
  }

  protected override heading() {
    return this.machine ? `${t('machines.edit')}: ${this.machine.name}` : t('machines.add');
  }

  protected override content() {
    const { form } = this;
    const { role } = form.values;
    const choices = [...new Set([...this.roles, ...(role ? [role] : [])])].map((value) => ({ value, label: roleName(value) }));
    return html`${form.summary()}
      ${this.machine ? nothing : field({ ...form.text('name'), label: t('tokens.name'), hint: t('machines.name-hint'), maxLength: 80, mono: true, focus: true })}
      ${field({ ...form.text('description'), label: t('machines.description'), optional: true, maxLength: 500 })}
      ${select({
        id: 'f-role',
        label: t('users.role'),
        value: role,
        choices: [{ value: '', label: t('machines.no-role') }, ...choices],
        hint: role ? roleText(role) : t('machines.no-role-text'),
        error: form.errors['role'],
        onChange: (value) => form.set('role', value),
      })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()}
    ${button({ label: this.machine ? t('action.save') : t('machines.add'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    const { machine } = this;
    const { name, description, role } = this.form.values;
    if (!machine && !this.form.require('name')) return;
    const rest = { ...(role && { role }), ...(description && { description }) };
    try {
      const saved = machine
        ? await call('PUT /api/machines/{machine}', { path: { machine: machine.id }, version: machine.version, body: rest })
        : await call('POST /api/machines', { body: { name: name.trim(), ...rest } });
      toast(machine ? t('state.saved') : t('users.added', { name: saved.name }));
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
