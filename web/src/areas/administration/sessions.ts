import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { moment } from '../../base/moment.js';
import { t } from '../../i18n/t.js';

/** A browser's name out of its User-Agent, as far as it tells. */
export function browser(client: string): string {
  const found = /(Edg|OPR|Firefox|Chrome|Safari|curl|Java)[/ ]?(\d+)?/.exec(client);
  if (!found) return client || '–';
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(client)?.[1];
  const name = `${names[found[1]!] ?? found[1]} ${found[2] ?? ''}`.trim();
  return system ? `${name} · ${system}` : name;
}

export function sessionTable(sessions: Session[], end: (one: Session) => void): TemplateResult {
  if (sessions.length === 0) return html`<p class="muted">${t('sessions.none')}</p>`;
  return html`<ul class="list">
    ${sessions.map(
      (one) =>
        html`<li>
          <div class="main">
            <div data-tip=${one.client}>
              ${browser(one.client)} ${one.current ? html`<span class="tag">${t('sessions.current')}</span>` : nothing}
            </div>
            <div class="muted small">${one.address} · ${t('sessions.last-seen')} ${moment(one.lastSeen)}</div>
          </div>
          ${one.current
            ? nothing
            : button({ label: t('action.end'), name: t('sessions.end', { client: browser(one.client) }), onClick: () => end(one) })}
        </li>`,
    )}
  </ul>`;
}
