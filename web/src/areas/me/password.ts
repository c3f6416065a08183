import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import type { NewPassword } from '../../base/new-password.js';
import '../../base/new-password.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

/** Changes the own password; ends every other session. */
@customElement('my-password')
export class MyPassword extends LightElement {
  @state() private busy = false;
  private ready = false;
  private readonly form = new Form(this, { currentPassword: '', newPassword: '' });

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || !this.form.require('currentPassword', 'newPassword') || !this.ready) return;
    this.busy = true;
    try {
      await call('POST /api/me/password', { body: { ...this.form.values } });
      this.form.values.currentPassword = '';
      this.form.values.newPassword = '';
      this.querySelector<NewPassword>('ui-new-password')?.clear();
      toast(t('me.password-changed'));
      await session.refresh();
    } catch (failure) {
      this.form.refuse(failure);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { form } = this;
    return html`<form class="stack" novalidate @submit=${this.submit}>
      ${form.summary()}
      ${field({
        ...form.text('currentPassword'),
        label: t('password.current'),
        type: 'password',
        autocomplete: 'current-password',
        maxLength: 128,
      })}
      <ui-new-password
        .error=${form.errors['newPassword'] ?? ''}
        .estimate=${(password: string) =>
          call('POST /api/passwords/strength', { body: { password, username: session.me?.username ?? '' } })}
        @password=${(event: CustomEvent<{ password: string; ready: boolean }>) => {
          this.ready = event.detail.ready;
          form.set('newPassword', event.detail.password);
        }}
      ></ui-new-password>
      <div>${button({ label: t('me.change-password'), kind: 'primary', submit: true, busy: this.busy })}</div>
    </form>`;
  }
}
