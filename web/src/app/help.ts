import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { toggle } from '../base/fields.js';
import { Modal } from '../base/modal.js';
import { t } from '../i18n/t.js';
import { entries } from './nav.js';
import { preferences, prefer } from './preferences.js';

/** Which keys do what. */
@customElement('app-help')
export class Help extends Modal {
  protected override heading() {
    return t('help.title');
  }

  protected override content() {
    const keys: Array<[string, string]> = [
      ['/ · Ctrl+K', t('shell.search')],
      ['n', t('help.new')],
      ['?', t('help.title')],
      ...entries().map((entry): [string, string] => [`g ${entry.letter}`, t(entry.label)]),
      ['Enter', t('help.open')],
    ];
    return html`<dl class="facts">${keys.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`)}</dl>
      ${toggle({
        id: 'shortcuts',
        label: t('help.shortcuts'),
        checked: preferences().shortcuts,
        onChange: (shortcuts) => prefer({ shortcuts }),
      })}`;
  }
}
