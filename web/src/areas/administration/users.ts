import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Role, User, UserState } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { emptyState, failure, pageHead } from '../../base/feedback.js';
import '../../base/filter.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import { icon } from '../../base/icon.js';
import '../../base/menu.js';
import { show } from '../../base/modal.js';
import { exact, moment } from '../../base/moment.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { ROLES, roleName, roleText, userState } from './roles.js';
import { MachineDialog } from './machine-dialog.js';
import { MachineDrawer } from './machine-drawer.js';
import './machines.js';
import type { MachineFilter } from './machines.js';
import { userMenu } from './user-actions.js';
import { UserDialog } from './user-dialog.js';
import { UserDrawer } from './user-drawer.js';

const STATES: UserState[] = ['ACTIVE', 'LOCKED', 'DISABLED'];
const PAUSE = 200; // milliseconds of typing before the server is asked

/** Who may sign in, and which machines act by tokens. */
@customElement('users-page')
export class UsersPage extends Page {
  private rows!: CursorRows<User>;
  @state() private asked = '';
  @state() private counted: number | undefined;
  private machineFilter: MachineFilter = {};
  #timer = 0;

  protected override load(): void {}

  protected override willUpdate(changes: PropertyValues<this>): void {
    super.willUpdate(changes);
    const wanted = this.query.toString();
    if (this.rows && wanted === this.asked) return;
    this.asked = wanted;
    this.open();
  }

  private open(): void {
    const { query } = this;
    const one = <T extends string>(name: string) => (query.get(name) ?? undefined) as T | undefined;
    const filter = { q: one('q'), role: one<Role>('role'), state: one<UserState>('state'), sort: one<'username'>('sort') };
    if (this.machines) this.machineFilter = { q: filter.q, role: filter.role, state: filter.state as MachineFilter['state'] };
    this.rows = new CursorRows<User>(async (cursor, limit) => {
      try {
        const given = Object.fromEntries(Object.entries({ ...filter, cursor }).filter(([, value]) => value !== undefined));
        return await call('GET /api/users', { query: { limit, ...given } });
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  private again(): void {
    this.open();
    this.requestUpdate();
  }

  private columns(): Column<User>[] {
    return [
      { id: 'username', label: t('users.username'), min: 10, grow: 2, sort: 'username', card: 'lead', cell: (user) => html`<span class="clip">${user.username}</span>${user.id === session.me?.id ? html` <span class="tag">${t('users.you')}</span>` : nothing}` },
      { id: 'name', label: t('user.full-name'), min: 9, grow: 2, cell: (user) => user.fullName ?? '' },
      { id: 'email', label: t('user.email'), min: 10, grow: 2, card: 'none', cell: (user) => user.email ?? '', tip: (user) => user.email },
      { id: 'role', label: t('users.role'), min: 7, grow: 1, cell: (user) => roleName(user.role), tip: (user) => roleText(user.role) },
      { id: 'state', label: t('users.state'), min: 6.5, grow: 1, cell: (user) => userState(user.state) },
      { id: 'last', label: t('users.last-sign-in'), min: 8, grow: 1, sort: 'lastSignIn', cell: (user) => moment(user.lastSignIn, false), tip: (user) => (user.lastSignIn ? exact(user.lastSignIn) : undefined) },
      { id: 'created', label: t('users.created'), min: 8, grow: 1, sort: 'created', card: 'none', cell: (user) => moment(user.created, false), tip: (user) => exact(user.created) },
      { id: 'menu', label: '', min: 3.2, grow: 0, end: true, card: 'corner', cell: (user) => html`<ui-menu .items=${userMenu(user, () => this.again())} label=${t('users.actions', { name: user.username })} kind="quiet" mini></ui-menu>` },
    ];
  }

  /** People sign in; machines act by tokens. */
  private get machines(): boolean {
    return this.query.get('view') === 'machines';
  }

  private search(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => go(withQuery({ q: text.trim() }), { replace: true }), PAUSE);
  }

  private async add(): Promise<void> {
    if (!this.machines) {
      if (await show(new UserDialog())) this.again();
      return;
    }
    const made = await show(new MachineDialog());
    if (!made) return;
    this.querySelector('machine-grid')?.again();
    const drawer = new MachineDrawer(); // the next step is its token
    drawer.machine = made;
    void show(drawer);
  }

  private views() {
    return html`<div class="segments" role="group" aria-label=${t('view.label')}>
      ${([false, true] as const).map(
        (machines) =>
          html`<button type="button" aria-pressed=${String(this.machines === machines)} @click=${() => go(machines ? '/users?view=machines' : '/users', { replace: true })}>
            ${t(machines ? 'machines.title' : 'users.people')}
          </button>`,
      )}
    </div>`;
  }

  private inspect(user: User): void {
    const drawer = new UserDrawer();
    drawer.user = user;
    void show(drawer);
  }

  private chip(name: 'role' | 'state', label: string, values: Array<{ value: string; label: string }>) {
    const value = this.query.get(name);
    return html`<ui-filter
      label=${label}
      .options=${values}
      .values=${value ? [value] : []}
      @values=${(event: CustomEvent<string[]>) => go(withQuery({ [name]: event.detail.at(-1) }), { replace: true })}
    ></ui-filter>`;
  }

  private grid() {
    const { rows } = this;
    if (rows.failure) return failure(sentence(rows.failure), () => this.again());
    return rows.total === 0
      ? html`<div class="card">${emptyState({ title: t('list.nothing-matches'), text: t('list.nothing-matches-text'), shape: 'search' })}</div>`
      : html`<ui-grid
          label=${t('nav.users')}
          .columns=${this.columns()}
          .rows=${rows}
          .key=${(user: User) => user.id}
          .sort=${this.query.get('sort') ?? 'username'}
          .cardHeight=${96}
          pickable
          @sort=${(event: CustomEvent<string>) => go(withQuery({ sort: event.detail }), { replace: true })}
          @open=${(event: CustomEvent<User>) => this.inspect(event.detail)}
        ></ui-grid>`;
  }

  protected override render() {
    const { rows, machines } = this;
    const states = machines ? STATES.filter((state) => state !== 'LOCKED') : STATES;
    const count = machines ? this.counted : rows.total === undefined ? undefined : rows.whole;
    return html`<div class="page fill">
      ${pageHead({
        title: t('nav.users'),
        text: t(machines ? 'machines.text' : 'users.text'),
        actions: button({ label: t(machines ? 'machines.add' : 'users.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add() }),
      })}
      <div class="toolbar">
        <div class="search">
          ${icon('search')}
          <input
            class="input"
            type="search"
            aria-label=${t(machines ? 'machines.search' : 'users.search')}
            placeholder=${t(machines ? 'machines.search' : 'users.search')}
            .value=${this.query.get('q') ?? ''}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
          />
        </div>
        ${this.views()}
        ${this.chip('role', t('users.role'), ROLES.map((value) => ({ value, label: t(`role.${value}`) })))}
        ${this.chip('state', t('users.state'), states.map((value) => ({ value, label: t(`user-state.${value}`) })))}
        <span class="muted" role="status">${count === undefined ? '' : t(machines ? 'machines.count' : 'users.count', { n: count })}</span>
      </div>
      ${machines
        ? html`<machine-grid .filter=${this.machineFilter} @counted=${(event: CustomEvent<number>) => (this.counted = event.detail)}></machine-grid>`
        : this.grid()}
    </div>`;
  }
}
