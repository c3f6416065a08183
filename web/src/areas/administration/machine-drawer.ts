import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Machine } from '../../api/schema.js';
import { Modal } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { t } from '../../i18n/t.js';
import { roleName, roleText, userState } from './roles.js';
import './token-list.js';

/** One machine with its tokens. */
@customElement('machine-drawer')
export class MachineDrawer extends Modal {
  machine!: Machine;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  protected override heading() {
    return this.machine.name;
  }

  protected override content() {
    const { machine } = this;
    return html`<dl class="facts">
        ${machine.description ? html`<dt>${t('machines.description')}</dt><dd>${machine.description}</dd>` : nothing}
        <dt>${t('users.role')}</dt>
        <dd>
          ${machine.role ? roleName(machine.role) : t('machines.no-role')}
          <div class="muted small">${machine.role ? roleText(machine.role) : t('machines.no-role-text')}</div>
        </dd>
        <dt>${t('users.state')}</dt>
        <dd>${userState(machine.state)}</dd>
        <dt>${t('users.created')}</dt>
        <dd>${moment(machine.created)}</dd>
        <dt>${t('tokens.last-used')}</dt>
        <dd>${moment(machine.lastUsed)}</dd>
        <dt>${t('machines.id')}</dt>
        <dd><code>${machine.id}</code></dd>
      </dl>
      <token-list .machine=${machine.id}></token-list>`;
  }
}
