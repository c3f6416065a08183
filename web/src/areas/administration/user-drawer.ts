import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { User } from '../../api/schema.js';
import { Modal } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { t } from '../../i18n/t.js';
import { roleName, roleText, userState } from './roles.js';
import './user-access.js';

/** One account with its sessions and tokens. */
@customElement('user-drawer')
export class UserDrawer extends Modal {
  user!: User;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  protected override heading() {
    return this.user.username;
  }

  protected override content() {
    const { user } = this;
    return html`<dl class="facts">
        ${user.fullName ? html`<dt>${t('user.full-name')}</dt><dd>${user.fullName}</dd>` : nothing}
        ${user.email ? html`<dt>${t('user.email')}</dt><dd>${user.email}</dd>` : nothing}
        <dt>${t('users.role')}</dt>
        <dd>${roleName(user.role)}<div class="muted small">${roleText(user.role)}</div></dd>
        <dt>${t('users.state')}</dt>
        <dd>${userState(user.state)} ${user.mustChangePassword ? html`<span class="muted">${t('users.must-change')}</span>` : nothing}</dd>
        ${user.lockedUntil ? html`<dt>${t('users.locked-until')}</dt><dd>${moment(user.lockedUntil)}</dd>` : nothing}
        <dt>${t('users.created')}</dt>
        <dd>${moment(user.created)}</dd>
        <dt>${t('users.last-sign-in')}</dt>
        <dd>${moment(user.lastSignIn)}</dd>
      </dl>
      <user-access .user=${user.id}></user-access>`;
  }
}
