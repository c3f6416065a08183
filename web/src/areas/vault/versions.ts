import { html, nothing, type TemplateResult } from 'lit';
import type { Secret, SecretVersions } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { secretField } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { rollBack, type Again } from './actions.js';
import { CompareDialog } from './compare-dialog.js';
import { valueOf } from './secret-value.js';

function compare(secret: Secret, from: number): void {
  const dialog = new CompareDialog();
  dialog.secret = secret;
  dialog.from = from;
  dialog.to = secret.version;
  void show(dialog);
}

/** Every version that is kept, newest first, with what can be done with it. */
export function versions(secret: Secret, all: SecretVersions['items'], again: Again): TemplateResult {
  const readable = session.can('REVEAL_SECRET') && secret.state !== 'DELETED';
  return html`<ol class="history">
    ${all.map(
      (one) =>
        html`<li>
          <div class="row spread">
            <b>${t('secrets.version-n', { n: one.version })}</b>
            ${one.active ? html`<span class="tag">${t('credential.current')}</span>` : nothing}
          </div>
          <div class="muted small">
            ${moment(one.made)} · ${called(one.madeBy)} · ${t(`secrets.origin-${one.origin}`, { n: one.source ?? 0 })}
            ${one.sameValueAsBefore && one.origin !== 'DETAILS' ? html` · ${t('secrets.same-as-before')}` : nothing}
          </div>
          ${one.change ? html`<div class="break">${one.change}</div>` : nothing}
          <div class="row">
            ${readable ? secretField(valueOf(secret, one.version)) : nothing}
            ${one.active
              ? nothing
              : html`${button({ label: t('secrets.compare'), kind: 'quiet', onClick: () => compare(secret, one.version) })}
                ${session.can('WRITE_SECRET') && secret.state !== 'DELETED'
                  ? button({ label: t('secrets.roll-back'), icon: 'history', kind: 'quiet', onClick: () => void rollBack(secret, one.version, again) })
                  : nothing}`}
          </div>
        </li>`,
    )}
  </ol>`;
}
