import { html, nothing, type TemplateResult } from 'lit';
import type { SecretUsage } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { statusTag } from '../../base/feedback.js';
import { exact, moment } from '../../base/moment.js';
import { t } from '../../i18n/t.js';

/** Who reads it, and which version nobody needs any more. */
export function usage({ readers, versions, completeSince }: SecretUsage): TemplateResult {
  return html`<h3>${t('usage.readers')}</h3>
    ${readers.length === 0 ? html`<p class="muted">${t('exposure.none')}</p>` : nothing}
    <ul class="list">
      ${readers.map(
        (one) =>
          html`<li>
            <div class="main">
              <b>${called(one.reader)}</b> ${t('usage.reads', { n: one.reads })}
              <div class="muted small">${t('usage.newest', { n: one.version })}</div>
            </div>
            <span class="muted nowrap">${moment(one.last)}</span>
          </li>`,
      )}
    </ul>
    <h3>${t('usage.versions')}</h3>
    <ul class="list">
      ${versions.map(
        (one) =>
          html`<li>
            <div class="main">
              <b>${t('secrets.version-n', { n: one.version })}</b> ${t('usage.reads', { n: one.reads })}
              ${one.last ? html`<div class="muted small">${moment(one.last)}</div>` : nothing}
            </div>
            ${one.safeToRevoke ? statusTag('ok', t('usage.safe')) : statusTag('warn', t('usage.in-use'))}
          </li>`,
      )}
    </ul>
    ${completeSince ? html`<p class="muted small">${t('exposure.since', { time: exact(completeSince) })}</p>` : nothing}`;
}
