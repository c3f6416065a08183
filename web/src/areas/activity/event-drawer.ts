import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Event as LedgerEvent } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { Modal } from '../../base/modal.js';
import { exact } from '../../base/moment.js';
import { copyable } from '../../base/secret.js';
import { t } from '../../i18n/t.js';
import { eventText } from './words.js';

/** One entry of the ledger with all it says. */
@customElement('event-drawer')
export class EventDrawer extends Modal {
  event!: LedgerEvent;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  protected override heading() {
    return t('audit.event', { n: this.event.index });
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    if (this.event.detailsShortened) void this.whole();
  }

  private async whole(): Promise<void> {
    this.event = await call('GET /api/audit/{index}', { path: { index: this.event.index } });
    this.requestUpdate();
  }

  private detail(value: unknown): string {
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value, null, 1);
  }

  protected override content() {
    const { event } = this;
    const environment = /^environment\/([^/]+)/.exec(event.resource)?.[1];
    const details = Object.entries(event.details);
    return html`<p><b>${called(event.actor)}</b> ${eventText(event)}</p>
      <dl class="facts">
        <dt>${t('audit.time')}</dt>
        <dd>${exact(event.time)}</dd>
        <dt>${t('audit.type')}</dt>
        <dd><code>${event.type}</code></dd>
        <dt>${t('audit.outcome')}</dt>
        <dd>${t(`outcome.${event.outcome}`)}</dd>
        <dt>${t('audit.severity')}</dt>
        <dd>${t(`severity.${event.severity}`)}</dd>
        <dt>${t('audit.resource')}</dt>
        <dd>${environment ? html`<a href="/environments/${environment}">${event.resource}</a>` : event.resource}</dd>
        ${event.address ? html`<dt>${t('audit.address')}</dt><dd>${event.address}</dd>` : nothing}
        ${event.requestId ? html`<dt>${t('audit.request')}</dt><dd>${copyable(event.requestId, t('action.copy'))}</dd>` : nothing}
      </dl>
      ${details.length === 0
        ? nothing
        : html`<h3>${t('audit.details')}</h3>
            <dl class="facts">
              ${details.map(([name, value]) => html`<dt>${name}</dt><dd class="mono">${this.detail(value)}</dd>`)}
            </dl>`}`;
  }
}
