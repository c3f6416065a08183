import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call, Refused } from '../../api/client.js';
import { logo } from '../../app/logo.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import '../../base/new-password.js';
import { t } from '../../i18n/t.js';

/** First run: the code from the console and the first administrator. */
@customElement('setup-form')
export class SetupForm extends LightElement {
  @state() private busy = false;
  private ready = false;
  private readonly form = new Form(this, { code: '', username: 'admin', password: '', fullName: '', email: '' });

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || !this.form.require('code', 'username', 'password')) return;
    if (!this.ready) {
      this.form.errors['password'] = t('password.differ');
      this.requestUpdate();
      return;
    }
    this.busy = true;
    const { code, username, password, fullName, email } = this.form.values;
    try {
      const body = { code: code.trim(), username, password, ...(fullName && { fullName }), ...(email && { email }) };
      const me = await call('POST /api/setup', { body });
      if (session.info) session.info = { ...session.info, needsSetup: false };
      session.enter(me);
    } catch (failure) {
      this.form.refuse(failure);
      if (failure instanceof Refused && failure.code === 'sign-in-refused') this.form.errors['code'] = t('setup.wrong-code');
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const { form } = this;
    return html`<div class="brand">
        ${logo()}
        <div>
          <h1>${t('setup.title')}</h1>
          <p class="muted">${t('setup.text')}</p>
        </div>
      </div>
      <form novalidate @submit=${this.submit}>
        ${form.summary()} ${field({ ...form.text('code'), label: t('setup.code'), focus: true, maxLength: 64 })}
        ${field({ ...form.text('username'), label: t('signin.username'), autocomplete: 'username', maxLength: 80 })}
        <ui-new-password
          .error=${form.errors['password'] ?? ''}
          .estimate=${(password: string) =>
            call('POST /api/passwords/strength', { body: { password, username: form.values.username } })}
          @password=${(event: CustomEvent<{ password: string; ready: boolean }>) => {
            this.ready = event.detail.ready;
            form.set('password', event.detail.password);
          }}
        ></ui-new-password>
        ${field({ ...form.text('fullName'), label: t('user.full-name'), optional: true, autocomplete: 'name', maxLength: 200 })}
        ${field({ ...form.text('email'), label: t('user.email'), type: 'email', optional: true, autocomplete: 'email', maxLength: 254 })}
        ${button({ label: t('setup.action'), kind: 'primary', submit: true, busy: this.busy })}
      </form>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }
}
