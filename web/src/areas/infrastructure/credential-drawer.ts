import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { called } from '../../app/called.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Credential, ExposureList, HistoryList } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { failure, skeleton } from '../../base/feedback.js';
import { Modal } from '../../base/modal.js';
import { exact, moment } from '../../base/moment.js';
import { copyable, hideSecret, secretField } from '../../base/secret.js';
import { toast } from '../../base/toast.js';
import { t, tryText } from '../../i18n/t.js';
import { label } from './filters.js';
import { secretOf } from './secret-of.js';
import { expiryStatus, findingStatus } from './states.js';

const EXPOSURES = 20; // newest ones shown

/** One credential: value, facts, every version, who saw it. */
@customElement('credential-drawer')
export class CredentialDrawer extends Modal {
  environment = '';
  credentialId = '';
  step: (by: 1 | -1) => void = () => {};
  @state() private credential: Credential | undefined;
  @state() private history: HistoryList['items'] | undefined;
  @state() private exposures: ExposureList | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', (event) => {
      if (event.target instanceof Element && event.target.closest('input, [popover]')) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        this.step(event.key === 'ArrowDown' ? 1 : -1);
      }
    });
  }

  move(id: string, known: Credential | undefined): void {
    hideSecret();
    this.credentialId = id;
    this.credential = known;
    this.history = undefined;
    this.exposures = undefined;
    void this.load(id);
  }

  private async load(id: string): Promise<void> {
    const environment = this.environment || this.credential?.environmentId;
    if (!environment) return;
    const path = { id: environment, credential: id };
    try {
      const [credential, history, exposures] = await Promise.all([
        call('GET /api/environments/{id}/credentials/{credential}', { path }),
        call('GET /api/environments/{id}/credentials/{credential}/history', { path }),
        session.can('READ_AUDIT')
          ? call('GET /api/audit/exposures', { query: { credential: id, limit: EXPOSURES } }).catch(() => undefined)
          : undefined,
      ]);
      if (id !== this.credentialId) return;
      this.credential = credential;
      this.history = history.items;
      this.exposures = exposures;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return this.credential?.resourceName ?? t('state.loading');
  }

  private facts(one: Credential): TemplateResult {
    const fact = (name: string, value: unknown) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);
    return html`<dl class="facts">
      ${fact(t('credential.user'), copyable(one.username, t('credential.copy-user')))}
      ${session.can('REVEAL_CREDENTIAL')
        ? fact(t('credential.password'), one.hasValue ? secretField(secretOf(one)) : html`<span class="muted">${t('credential.no-value')}</span>`)
        : nothing}
      ${fact(t('credential.type'), `${label('resourceType', one.resourceType)} · ${one.credentialType} · ${label('accountType', one.accountType)}`)}
      ${fact(t('credential.address'), one.resourceIp)} ${fact(t('credential.domain'), one.domains.join(', '))}
      ${fact(t('credential.source'), t(`source.${one.source}`))}
      ${fact(
        t('credential.expires'),
        html`<span class="row">${expiryStatus(one.expiryState)} ${one.expires ? moment(one.expires) : nothing}</span>`,
      )}
      ${fact(t('credential.auto-rotate'), one.autoRotateDays ? t('credential.every-days', { n: one.autoRotateDays }) : undefined)}
      ${fact(t('credential.next-rotation'), one.nextRotation ? moment(one.nextRotation) : undefined)}
      ${fact(t('credential.connectivity'), one.connectivity && tryText(`connectivity.${one.connectivity}`, one.connectivity))}
      ${fact(t('credential.changed-at-source'), one.changedAtSource ? moment(one.changedAtSource) : undefined)}
      ${fact(t('credential.first-seen'), moment(one.firstSeen))} ${fact(t('credential.retrieved'), moment(one.retrievedAt))}
      ${fact(t('credential.gone-since'), one.goneSince ? moment(one.goneSince) : undefined)}
    </dl>`;
  }

  private findings(one: Credential): TemplateResult | typeof nothing {
    if (one.drift.length === 0) return nothing;
    return html`<ul class="stack tight">
      ${one.drift.map(
        (finding) =>
          html`<li>
            ${findingStatus(one, finding)}
            <div class="muted small">${t(`drift-text.${finding}`)}</div>
          </li>`,
      )}
    </ul>`;
  }

  private versions(one: Credential): TemplateResult {
    if (!this.history) return skeleton(3);
    if (this.history.length === 0) return html`<p class="muted">${t('credential.no-history')}</p>`;
    return html`<ol class="history">
      ${this.history.map(
        (version) =>
          html`<li>
            <div class="row spread">
              <b>${t('credential.version', { n: version.version })}</b>
              ${version.current ? html`<span class="tag">${t('credential.current')}</span>` : nothing}
            </div>
            <div class="muted small">
              ${moment(version.seen)} · ${t(`trigger.${version.trigger}`)} · ${version.startedBy}
              ${version.replaced ? html`<br />${t('credential.replaced')} ${moment(version.replaced)}` : nothing}
            </div>
            ${session.can('REVEAL_CREDENTIAL') ? secretField(secretOf(one, version.version)) : nothing}
          </li>`,
      )}
    </ol>`;
  }

  private seenBy(): TemplateResult | typeof nothing {
    if (!this.exposures) return nothing;
    const { items, total, completeSince } = this.exposures;
    return html`<h3>${t('exposure.title')}</h3>
      ${items.length === 0 ? html`<p class="muted">${t('exposure.none')}</p>` : nothing}
      <ul class="list">
        ${items.map(
          (one) =>
            html`<li>
              <div class="main">
                <b>${called({ kind: one.actorKind, name: one.actor })}</b> ${t(`exposure.${one.how}`)} · ${t('credential.version', { n: one.version })}
                ${one.address ? html`<div class="muted small">${one.address}</div>` : nothing}
              </div>
              <span class="muted nowrap">${moment(one.time)}</span>
            </li>`,
        )}
      </ul>
      ${total > items.length ? html`<p class="muted small">${t('exposure.more', { n: total - items.length })}</p>` : nothing}
      ${completeSince ? html`<p class="muted small">${t('exposure.since', { time: exact(completeSince) })}</p>` : nothing}`;
  }

  protected override content() {
    const { credential } = this;
    if (this.failure) return failure(sentence(this.failure), () => void this.load(this.credentialId));
    if (!credential) return skeleton(8);
    return html`<div class="row">
        ${button({ label: t('drawer.previous'), icon: 'left', bare: true, onClick: () => this.step(-1) })}
        ${button({ label: t('drawer.next'), icon: 'right', bare: true, onClick: () => this.step(1) })}
        <span class="push">
          ${button({
            label: t('drawer.copy-link'),
            icon: 'copy',
            kind: 'quiet',
            onClick: () => {
              const link = `${location.origin}/environments/${credential.environmentId}/credentials?item=${credential.id}`;
              void navigator.clipboard.writeText(link).then(() => toast(t('action.copied')));
            },
          })}
        </span>
      </div>
      ${this.findings(credential)} ${this.facts(credential)}
      <h3>${t('credential.history')}</h3>
      ${this.versions(credential)} ${this.seenBy()}`;
  }
}
