import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { User } from '../../api/schema.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import '../../base/new-password.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

/** Sets a new password for somebody else. */
@customElement('reset-dialog')
export class ResetDialog extends Modal<User> {
  user!: User;
  private ready = false;
  private readonly form = new Form(this, { password: '' });

  protected override heading() {
    return t('users.reset');
  }

  protected override content() {
    const { form, user } = this;
    return html`<p>${t('users.reset-text', { name: user.username })}</p>
      ${form.summary()}
      <ui-new-password
        .error=${form.errors['password'] ?? ''}
        .estimate=${(password: string) => call('POST /api/passwords/strength', { body: { password, username: user.username } })}
        @password=${(event: CustomEvent<{ password: string; ready: boolean }>) => {
          this.ready = event.detail.ready;
          form.set('password', event.detail.password);
        }}
      ></ui-new-password>`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('users.reset'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('password') || !this.ready) return;
    const { password } = this.form.values;
    try {
      const path = { user: this.user.id };
      const user = await withStepUp(() => call('POST /api/users/{user}/reset', { path, body: { password } }));
      if (!user) return;
      toast(t('users.reset-done', { name: user.username }));
      this.close(user);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
