import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Health, HealthStatus } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { button } from '../../base/button.js';
import { failure, pageHead, skeleton, statusTag, type Tone } from '../../base/feedback.js';
import { count, moment, size } from '../../base/moment.js';
import { t, tryText } from '../../i18n/t.js';

const TONES: Record<HealthStatus, Tone> = { HEALTHY: 'ok', DEGRADED: 'warn', UNHEALTHY: 'bad' };
const POLL = 15_000; // milliseconds

const status = (value: HealthStatus) => statusTag(TONES[value], t(`health.${value}`));

function detail(key: string, value: unknown): string {
  if (typeof value === 'number') return key.endsWith('Bytes') ? size(value) : count(value);
  return typeof value === 'string' ? tryText(`health-value.${value}`, value) : JSON.stringify(value);
}

/** Every part of the server with its state and advice. */
@customElement('health-page')
export class HealthPage extends Page {
  @state() private health: Health | undefined;
  @state() private failure: unknown;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => !document.hidden && void this.load(), POLL);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override async load(): Promise<void> {
    try {
      this.health = await call('GET /api/system/health');
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private component({ name, status: state, sentence: words, advice, details }: Health['components'][number]) {
    const facts = Object.entries(details ?? {});
    return html`<section class="card">
      <header>
        <h2>${tryText(`health-part.${name}`, name)}</h2>
        ${status(state)}
      </header>
      <p>${words}</p>
      ${advice ? html`<p><b>${advice}</b></p>` : nothing}
      ${facts.length > 0
        ? html`<dl class="facts small">
            ${facts.map(([key, value]) => html`<dt>${tryText(`health-detail.${key}`, key)}</dt><dd>${detail(key, value)}</dd>`)}
          </dl>`
        : nothing}
    </section>`;
  }

  private body(health: Health) {
    return html`<div class="row">
        ${status(health.status)}
        <span class="muted">
          ${t('health.checked')} ${moment(health.checkedAt)}
          ${health.startedAt ? html` · ${t('health.started')} ${moment(health.startedAt)}` : nothing}
          ${health.version ? html` · ${t('health.version')} ${health.version}` : nothing}
        </span>
      </div>
      <div class="cards">${health.components.map((one) => this.component(one))}</div>`;
  }

  protected override render() {
    return html`<div class="page">
      ${pageHead({
        title: t('nav.health'),
        text: t('health.text'),
        actions: button({ label: t('action.refresh'), icon: 'sync', onClick: () => void this.load() }),
      })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing}
      ${this.health ? this.body(this.health) : this.failure ? nothing : skeleton()}
    </div>`;
  }
}
