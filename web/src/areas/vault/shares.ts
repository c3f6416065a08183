import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Share, SharePermission, ShareStatistics, ShareStatus } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead } from '../../base/feedback.js';
import '../../base/filter.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import { icon } from '../../base/icon.js';
import { show } from '../../base/modal.js';
import { exact, moment, relative } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { LEVELS, partyName, STATES, stateOf } from './share-words.js';
import { SharedDrawer, sharedName, sharedValue } from './shared-drawer.js';
import { revokeShare } from './sharing.js';

const PAUSE = 200; // milliseconds of typing before the server is asked
type Direction = 'received' | 'given' | 'all';

/** What is shared with me, and what I share. */
@customElement('shares-page')
export class SharesPage extends Page {
  private rows!: CursorRows<Share>;
  @state() private counts: ShareStatistics | undefined;
  @state() private asked: string | undefined;
  #timer = 0;

  protected override load(): void {}

  private get direction(): Direction {
    return (this.query.get('direction') as Direction | null) ?? 'received';
  }

  private get filter() {
    const q = this.query.get('q');
    const [permission, status] = [this.query.getAll('permission') as SharePermission[], this.query.getAll('status') as ShareStatus[]];
    return {
      direction: this.direction,
      ...(q && { q }),
      ...(permission.length > 0 && { permission }),
      ...(status.length > 0 && { status }),
    };
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    const wanted = JSON.stringify(this.filter);
    if (wanted === this.asked) return;
    this.asked = wanted;
    this.open();
  }

  private open(): void {
    const { filter, direction } = this;
    this.rows = new CursorRows<Share>(async (cursor, limit) => {
      try {
        return await call('GET /api/shares', { query: { ...filter, limit, ...(cursor && { cursor }) } });
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
    this.counts = undefined;
    if (direction !== 'all') {
      void call('GET /api/shares/statistics', { query: { direction } }).then(
        (counts) => (this.counts = counts),
        () => undefined,
      );
    }
  }

  private again(): void {
    this.open();
    this.requestUpdate();
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private async answer(share: Share, accept: boolean): Promise<void> {
    try {
      const path = { share: share.id };
      await (accept ? call('POST /api/shares/{share}/accept', { path }) : call('POST /api/shares/{share}/decline', { path }));
      toast(t('state.saved'));
      this.again();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private async revoke(share: Share): Promise<void> {
    if (await revokeShare(share)) this.again();
  }

  /** What can be done with one: taken back by its giver, answered by the other tenant, read through it. */
  private deeds(share: Share) {
    const open = share.status === 'ACTIVE' || share.status === 'PENDING';
    if (!share.tenant.name) {
      const mine = share.sharedBy.id === session.me?.id || session.can('MANAGE_ACCESS');
      return open && mine && this.direction !== 'received'
        ? button({ label: t('action.revoke'), name: t('shares.revoke-name', { name: partyName(share.sharedWith) }), kind: 'quiet', onClick: () => void this.revoke(share) })
        : html`<a href="/secrets?item=${share.secret}">${t('shares.open')}</a>`;
    }
    if (share.status === 'PENDING' && session.can('MANAGE_ACCESS')) {
      return html`${button({ label: t('shares.accept'), kind: 'quiet', onClick: () => void this.answer(share, true) })}
      ${button({ label: t('shares.decline'), kind: 'quiet', onClick: () => void this.answer(share, false) })}`;
    }
    if (share.sharedBy.kind === 'TENANT' && this.direction === 'given') {
      return open && session.can('SHARE_SECRET')
        ? button({ label: t('action.revoke'), name: t('shares.revoke-name', { name: partyName(share.sharedWith) }), kind: 'quiet', onClick: () => void this.revoke(share) })
        : nothing;
    }
    if (share.status !== 'ACTIVE') return nothing;
    return html`${session.can('REVEAL_SECRET') ? sharedValue(share) : nothing}
    ${button({ label: t('shares.open'), name: t('shares.open-name', { name: sharedName(share) }), kind: 'quiet', onClick: () => this.inspect(share) })}`;
  }

  private inspect(share: Share): void {
    const drawer = new SharedDrawer();
    drawer.share = share;
    void show(drawer).then(() => this.again());
  }

  private columns(): Column<Share>[] {
    const received = this.direction === 'received';
    return [
      { id: 'name', label: t('secrets.name'), min: 13, grow: 3, card: 'lead', cell: sharedName, tip: sharedName },
      { id: 'party', label: received ? t('shares.by') : t('shares.with'), min: 9, grow: 2, cell: (share) => html`<span class="clip">${partyName(received ? share.sharedBy : share.sharedWith)}</span>`, tip: (share) => partyName(received ? share.sharedBy : share.sharedWith) },
      { id: 'permission', label: t('shares.permission'), min: 9, grow: 1.4, cell: (share) => t(`shares.level-${share.permission}`) },
      { id: 'state', label: t('secrets.state'), min: 7.6, grow: 1, cell: stateOf },
      { id: 'expires', label: t('secrets.expires'), min: 7, grow: 1, yields: 1, cell: (share) => (share.expires ? relative(share.expires) : html`<span class="muted">–</span>`), tip: (share) => (share.expires ? exact(share.expires) : undefined) },
      { id: 'created', label: t('shares.since'), min: 8, grow: 1, yields: 2, cell: (share) => moment(share.created, false), tip: (share) => exact(share.created) },
      { id: 'deeds', label: t('action.more'), min: 13, grow: 0.6, card: 'wide', cell: (share) => this.deeds(share) },
    ];
  }

  private toolbar() {
    const directions: Direction[] = ['received', 'given', ...(session.can('READ_ACCESS') ? (['all'] as const) : [])];
    const chip = (name: string, label: string, options: { value: string; label: string }[]) =>
      html`<ui-filter
        label=${label}
        .options=${options}
        .values=${this.query.getAll(name)}
        @values=${(event: CustomEvent<string[]>) => go(withQuery({ [name]: event.detail }), { replace: true })}
      ></ui-filter>`;
    return html`<div class="toolbar">
      <div class="search">
        ${icon('search')}
        <input class="input" type="search" aria-label=${t('shares.search')} placeholder=${t('shares.search')} .value=${this.query.get('q') ?? ''} @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)} />
      </div>
      <div class="segments" role="group" aria-label=${t('view.label')}>
        ${directions.map(
          (one) =>
            html`<button type="button" aria-pressed=${String(this.direction === one)} @click=${() => go(withQuery({ direction: one === 'received' ? undefined : one }), { replace: true })}>
              ${t(`shares.view-${one}`)}
            </button>`,
        )}
      </div>
      ${chip('permission', t('shares.permission'), LEVELS.map((value) => ({ value, label: t(`shares.level-${value}`) })))}
      ${chip('status', t('secrets.state'), STATES.map((value) => ({ value, label: t(`shares.state-${value}`) })))}
    </div>`;
  }

  private statistics() {
    const { counts } = this;
    if (!counts) return nothing;
    const parties = this.direction === 'given' ? counts.receivers : counts.givers;
    const states = STATES.filter((one) => counts.states[one]).map((one) => `${t(`shares.state-${one}`)} ${counts.states[one]}`);
    const levels = LEVELS.filter((one) => counts.permissions[one]).map((one) => `${t(`shares.level-${one}`)} ${counts.permissions[one]}`);
    const most = parties.slice(0, 3).map((one) => `${partyName(one.party)} ${one.shares}`);
    return html`<p class="muted small" role="status">${[...states, ...levels, ...most].join(' · ')}</p>`;
  }

  protected override render() {
    const { rows } = this;
    return html`<div class="page fill">
      ${pageHead({ title: t('nav.shares'), text: t('shares.text') })} ${this.toolbar()} ${this.statistics()}
      ${rows.failure ? failure(sentence(rows.failure), () => this.again()) : nothing}
      ${rows.total === 0
        ? html`<div class="card">${emptyState({ title: t('shares.empty'), text: t('shares.empty-text'), shape: 'users' })}</div>`
        : html`<ui-grid label=${t('nav.shares')} .columns=${this.columns()} .rows=${rows} .key=${(row: Share) => row.id} .cardHeight=${150}></ui-grid>`}
    </div>`;
  }
}
