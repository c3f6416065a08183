import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { field } from './fields.js';
import { Modal, show } from './modal.js';

export interface Question {
  title: string;
  text: unknown;
  action: string;
  danger?: boolean;
  /** Must be typed before the action is possible. */
  typed?: string;
}

@customElement('ui-confirm')
export class Confirm extends Modal<true> {
  question!: Question;
  @state() private typed = '';

  protected override heading() {
    return this.question.title;
  }

  protected override content() {
    const { text, typed } = this.question;
    return html`<div>${text}</div>
      ${typed
        ? field({
            id: 'confirm-name',
            label: t('confirm.type', { name: typed }),
            value: this.typed,
            onInput: (value) => (this.typed = value),
            focus: true,
          })
        : nothing}`;
  }

  protected override footer() {
    const { action, danger, typed } = this.question;
    return html`${this.cancelButton()}
    ${button({
      label: action,
      kind: danger ? 'danger primary' : 'primary',
      submit: true,
      disabled: typed !== undefined && this.typed !== typed,
    })}`;
  }

  protected override submit() {
    if (this.question.typed === undefined || this.typed === this.question.typed) this.close(true);
  }
}

/** Asks before something that cannot be undone. */
export async function confirm(question: Question): Promise<boolean> {
  const dialog = new Confirm();
  dialog.question = question;
  return (await show(dialog)) === true;
}
