import { html, nothing, type TemplateResult } from 'lit';
import type { Environment, Source } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button, linkButton } from '../../base/button.js';
import { banner, statusTag } from '../../base/feedback.js';
import type { MenuItem } from '../../base/menu.js';
import '../../base/menu.js';
import { count, moment } from '../../base/moment.js';
import { language, t } from '../../i18n/t.js';
import { earliest, environmentStatus, failureText, latest, sources, sourceStatus } from './states.js';

interface Actions {
  sync: (environment: Environment) => void;
  menu: (environment: Environment) => MenuItem[];
}

const address = ({ host, port }: Source) => (port === 443 ? host : `${host}:${port}`);
const href = (environment: Environment) => `/environments/${environment.id}`;

function status(environment: Environment): TemplateResult {
  const worst = environmentStatus(environment);
  return worst ? sourceStatus(worst) : statusTag('none', t('environments.no-source'));
}

function sourceLine(source: Source, alone: boolean): TemplateResult {
  return html`<dt>${t(`source.${source.kind}`)}</dt>
    <dd>
      <div>${address(source)}</div>
      ${alone || source.status === 'OK' ? nothing : html`<div>${sourceStatus(source.status)}</div>`}
    </dd>`;
}

/** Words for what is due or amiss; nothing when all is well. */
function findings(environment: Environment): TemplateResult | typeof nothing {
  const { expired, expiring, drifted } = environment;
  if (expired + expiring + drifted === 0) return nothing;
  const base = `${href(environment)}/credentials`;
  return html`<div class="row">
    ${expired ? html`<a href="${base}?expiry=EXPIRED">${statusTag('bad', t('environments.expired', { n: expired }))}</a>` : nothing}
    ${expiring ? html`<a href="${base}?expiry=DUE_SOON">${statusTag('warn', t('environments.expiring', { n: expiring }))}</a>` : nothing}
    ${drifted ? html`<a href="${base}?drift=attention">${statusTag('warn', t('environments.drifted', { n: drifted }))}</a>` : nothing}
  </div>`;
}

const next = (environment: Environment) => earliest(sources(environment).map((source) => source.nextRun));
const last = (environment: Environment) => latest(sources(environment).map((source) => source.lastRun));
const running = (environment: Environment) => sources(environment).some((source) => source.status === 'RUNNING');

function syncButton(environment: Environment, actions: Actions, bare = false): TemplateResult | typeof nothing {
  if (!session.can('SYNC_ENVIRONMENT') || sources(environment).length === 0) return nothing;
  return button({
    label: t('sync.now'),
    name: t('sync.now-name', { name: environment.name }),
    icon: 'sync',
    bare,
    busy: running(environment),
    onClick: () => actions.sync(environment),
  });
}

function menu(environment: Environment, actions: Actions, mini = false): TemplateResult | typeof nothing {
  const items = actions.menu(environment);
  if (items.length === 0) return nothing;
  return html`<ui-menu .items=${items} label=${t('environments.actions', { name: environment.name })} ?mini=${mini} kind="quiet"></ui-menu>`;
}

export function environmentCard(environment: Environment, actions: Actions): TemplateResult {
  const { name, description, domains = [] } = environment;
  const off = sources(environment).some((source) => source.trust.mode === 'OFF');
  const failing = sources(environment).find((source) => source.failure);
  return html`<article class="card" aria-label=${name}>
    <header>
      <div class="stack tight">
        <h2><a href=${href(environment)}>${name}</a></h2>
        ${status(environment)}
      </div>
      <span class="push">${menu(environment, actions)}</span>
    </header>
    ${description ? html`<p class="muted">${description}</p>` : nothing}
    ${off ? banner('warn', t('trust.off-banner')) : nothing}
    ${failing && language() === 'en' ? html`<p class="small">${failureText(failing)}</p>` : nothing}
    <dl class="facts">
      ${sources(environment).map((source, _, all) => sourceLine(source, all.length === 1))}
      <dt>${t('environments.credentials')}</dt>
      <dd>${count(environment.credentials)}</dd>
      ${domains.length > 0 ? html`<dt>${t('environments.domains')}</dt><dd>${domains.slice(0, 6).join(', ')}${domains.length > 6 ? ' …' : ''}</dd>` : nothing}
      <dt>${t('environments.last-sync')}</dt>
      <dd>${moment(last(environment))}</dd>
      ${next(environment) ? html`<dt>${t('environments.next-sync')}</dt><dd>${moment(next(environment))}</dd>` : nothing}
    </dl>
    ${findings(environment)}
    <footer>
      ${linkButton({ label: t('environments.open'), href: href(environment) })} ${syncButton(environment, actions)}
    </footer>
  </article>`;
}

export function environmentTable(environments: Environment[], actions: Actions): TemplateResult {
  return html`<div class="table-wrap">
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">${t('environments.name')}</th>
          <th scope="col">${t('environments.state')}</th>
          <th scope="col">${t('environments.hosts')}</th>
          <th scope="col" class="end">${t('environments.credentials')}</th>
          <th scope="col">${t('environments.findings')}</th>
          <th scope="col">${t('environments.last-sync')}</th>
          <th scope="col"><span class="visually-hidden">${t('action.more')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${environments.map(
          (one) =>
            html`<tr>
              <th scope="row"><a href=${href(one)}>${one.name}</a></th>
              <td data-label=${t('environments.state')}>${status(one)}</td>
              <td data-label=${t('environments.hosts')} class="hosts"><div>${sources(one).map((source) => html`<div>${address(source)}</div>`)}</div></td>
              <td data-label=${t('environments.credentials')} class="end">${count(one.credentials)}</td>
              <td data-label=${t('environments.findings')} class="wraps">${findings(one) === nothing ? '–' : findings(one)}</td>
              <td data-label=${t('environments.last-sync')} class="nowrap">
                <div>${moment(last(one))} ${next(one) ? html`<div class="muted small">${t('environments.next')} ${moment(next(one))}</div>` : nothing}</div>
              </td>
              <td><span class="row">${syncButton(one, actions, true)} ${menu(one, actions)}</span></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
