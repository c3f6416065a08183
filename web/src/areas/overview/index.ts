import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Event as LedgerEvent, Overview } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { Page } from '../../app/page.js';
import { session } from '../../app/session.js';
import { linkButton } from '../../base/button.js';
import { emptyState, failure, pageHead, skeleton, statusTag, type Tone } from '../../base/feedback.js';
import { count, moment } from '../../base/moment.js';
import { timeline } from '../../base/timeline.js';
import { language, t, tryText } from '../../i18n/t.js';
import { eventText } from '../activity/words.js';
import { remedy } from './attention.js';

const SETTLE = 1_000; // milliseconds after an event before the overview is fetched again

/** What needs attention, counters, the next 90 days, what happened lately. */
@customElement('overview-page')
export class OverviewPage extends Page {
  @state() private overview: Overview | undefined;
  @state() private failure: unknown;
  #timer = 0;

  protected override async load(): Promise<void> {
    if (!session.can('READ_ENVIRONMENT')) return;
    try {
      this.overview = await call('GET /api/overview');
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heard(_event: LedgerEvent | 'gap'): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), SETTLE);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  private counters({ counters }: Overview) {
    const tone = (value: number, bad: Tone): Tone => (value > 0 ? bad : 'ok');
    const tiles: Array<[string, number, string, Tone | undefined, string]> = [
      [t('overview.environments'), counters.environments, '/environments', undefined, ''],
      [t('overview.credentials'), counters.credentials, '/credentials', undefined, ''],
      [t('overview.failing'), counters.failing, '/environments', tone(counters.failing, 'bad'), t('overview.failing-none')],
      [t('overview.expired'), counters.expired, '/credentials?expiry=EXPIRED', tone(counters.expired, 'bad'), t('overview.expired-none')],
      [t('overview.expiring'), counters.expiring, '/credentials?expiry=DUE_SOON', tone(counters.expiring, 'warn'), t('overview.expiring-none')],
      [t('overview.drifted'), counters.drifted, '/credentials?drift=attention', tone(counters.drifted, 'warn'), t('overview.drifted-none')],
    ];
    return html`<div class="counters">
      ${tiles.map(([label, value, href, mood, calm]) => {
        const word = !mood ? label : value === 0 ? calm : label;
        return html`<a class="counter" href=${href}><b>${count(value)}</b>${mood ? statusTag(mood, word) : html`<span class="muted">${label}</span>`}</a>`;
      })}
    </div>`;
  }

  private attention({ attention }: Overview) {
    return html`<section class="card">
      <header><h2>${t('overview.attention')}</h2></header>
      ${attention.length === 0
        ? html`<p>${statusTag('ok', t('overview.calm'))}</p>`
        : html`<ul class="list">
            ${attention.map((entry) => {
              const { href, label } = remedy(entry);
              const tone = entry.severity === 'INFO' ? 'info' : entry.severity === 'WARNING' ? 'warn' : 'bad';
              const known = tryText(`attention.${entry.code}`, entry.sentence, { n: entry.count ?? 0, ...entry.params });
              return html`<li>
                <div class="main">
                  <div class="row">${statusTag(tone, entry.environmentName)}</div>
                  <div>${language() === 'en' ? entry.sentence : known}</div>
                  ${entry.since ? html`<div class="small muted">${moment(entry.since)}</div>` : nothing}
                </div>
                ${linkButton({ label, href })}
              </li>`;
            })}
          </ul>`}
    </section>`;
  }

  private expiry({ expiry }: Overview) {
    const total = expiry.reduce((sum, bucket) => sum + bucket.count, 0);
    return html`<section class="card">
      <header>
        <h2>${t('overview.expiry')}</h2>
        <span class="muted">${t('overview.expiry-count', { n: total })}</span>
      </header>
      ${timeline(expiry, {
        label: t('overview.expiry'),
        soon: session.me?.dueSoonDays ?? 30,
        href: () => '/credentials?sort=expires&expiry=DUE_SOON&expiry=EXPIRED&expiry=OK',
      })}
    </section>`;
  }

  private activity({ activity }: Overview) {
    return html`<section class="card">
      <header>
        <h2>${t('overview.activity')}</h2>
        ${session.can('READ_AUDIT') ? html`<a href="/audit">${t('overview.all')}</a>` : nothing}
      </header>
      ${activity.length === 0 ? html`<p class="muted">${t('overview.quiet')}</p>` : nothing}
      <ul class="list">
        ${activity.map(
          (event) =>
            html`<li>
              <div class="main"><b>${called(event.actor)}</b> ${eventText(event)}</div>
              <span class="muted nowrap">${moment(event.time)}</span>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private body(overview: Overview) {
    if (overview.counters.environments === 0) {
      const text = t('environments.none-text');
      const action = session.can('MANAGE_ENVIRONMENT')
        ? linkButton({ label: t('environments.add'), href: '/environments?add=1', kind: 'primary', icon: 'plus' })
        : nothing;
      return html`<div class="card">${emptyState({ title: t('environments.none'), text, shape: 'server', action })}</div>
        ${this.activity(overview)}`;
    }
    return html`${this.counters(overview)}
      <div class="overview-columns">
        <div class="stack">${this.attention(overview)} ${this.expiry(overview)}</div>
        ${this.activity(overview)}
      </div>`;
  }

  protected override render() {
    return html`<div class="page">
      ${pageHead({ title: t('nav.overview'), text: t('overview.text') })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing}
      ${this.overview ? this.body(this.overview) : this.failure || !session.can('READ_ENVIRONMENT') ? nothing : skeleton(8)}
    </div>`;
  }
}
