import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call, Refused } from '../api/client.js';
import { button } from '../base/button.js';
import { field } from '../base/fields.js';
import { Form } from '../base/form.js';
import { Modal, show } from '../base/modal.js';
import { t } from '../i18n/t.js';
import { session } from './session.js';

@customElement('step-up-dialog')
export class StepUp extends Modal<true> {
  private readonly form = new Form(this, { password: '' });

  protected override heading() {
    return t('step-up.title');
  }

  protected override content() {
    return html`<p>${t('step-up.text')}</p>
      ${this.form.summary()}
      <input class="visually-hidden" autocomplete="username" aria-hidden="true" tabindex="-1" readonly .value=${session.me?.username ?? ''} />
      ${field({ ...this.form.text('password'), label: t('signin.password'), type: 'password', autocomplete: 'current-password', focus: true })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('step-up.action'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('password')) return;
    try {
      await call('POST /api/auth/step-up', { body: { password: this.form.values.password } });
      this.close(true);
    } catch (failure) {
      this.form.values.password = '';
      this.form.refuse(failure);
    }
  }
}

/** Runs the work; when the server wants the password again, asks for it and runs once more. Nothing when the user declines. */
export async function withStepUp<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.code !== 'step-up-required') throw failure;
    return (await show(new StepUp())) ? work() : undefined;
  }
}
