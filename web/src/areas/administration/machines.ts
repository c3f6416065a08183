import { html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Machine } from '../../api/schema.js';
import { confirm } from '../../base/confirm.js';
import { LightElement } from '../../base/element.js';
import { emptyState, failure } from '../../base/feedback.js';
import '../../base/grid.js';
import type { Column } from '../../base/grid.js';
import '../../base/menu.js';
import type { MenuItem } from '../../base/menu.js';
import { show } from '../../base/modal.js';
import { exact, moment } from '../../base/moment.js';
import { CursorRows } from '../../base/window.js';
import { t } from '../../i18n/t.js';
import { MachineDialog } from './machine-dialog.js';
import { MachineDrawer } from './machine-drawer.js';
import { roleName, roleText, userState } from './roles.js';
import { tried } from './user-actions.js';

/** What the list is narrowed to. */
export interface MachineFilter {
  q?: string;
  role?: string;
  state?: Machine['state'];
}

declare global {
  interface HTMLElementTagNameMap {
    'machine-grid': MachineGrid;
  }
}

/** The machines of the tenant: programs with rights of their own. */
@customElement('machine-grid')
export class MachineGrid extends LightElement {
  @property({ attribute: false }) filter: MachineFilter = {};
  private rows!: CursorRows<Machine>;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('filter')) this.open();
  }

  /** Reads the list anew. */
  again(): void {
    this.open();
    this.requestUpdate();
  }

  private open(): void {
    const { filter } = this;
    this.rows = new CursorRows<Machine>(async (cursor, limit) => {
      try {
        const answer = await call('GET /api/machines', { query: { limit, ...filter, ...(cursor && { cursor }) } });
        this.dispatchEvent(new CustomEvent('counted', { detail: answer.total }));
        return answer;
      } finally {
        queueMicrotask(() => this.requestUpdate());
      }
    });
  }

  private async change(sure: Promise<boolean>, work: () => Promise<unknown>, said: string): Promise<void> {
    if ((await sure) && (await tried(work, said))) this.again();
  }

  private menu(machine: Machine): MenuItem[] {
    const path = { machine: machine.id };
    const { name } = machine;
    const ask = (title: string, text: string) => confirm({ title, text, action: title, danger: true });
    const yes = Promise.resolve(true);
    return [
      {
        label: t('action.edit'),
        icon: 'edit',
        onSelect: () => {
          const dialog = new MachineDialog();
          dialog.edit(machine);
          void show(dialog).then((saved) => saved && this.again());
        },
      },
      machine.state === 'DISABLED'
        ? {
            label: t('users.enable'),
            icon: 'check',
            onSelect: () => void this.change(yes, () => call('POST /api/machines/{machine}/enable', { path }), t('state.saved')),
          }
        : {
            label: t('users.disable'),
            icon: 'pause',
            apart: true,
            onSelect: () =>
              void this.change(
                ask(t('users.disable'), t('machines.disable-text', { name })),
                () => call('POST /api/machines/{machine}/disable', { path }),
                t('state.saved'),
              ),
          },
      {
        label: t('action.delete'),
        icon: 'trash',
        danger: true,
        onSelect: () =>
          void this.change(
            ask(t('action.delete'), t('machines.delete-text', { name })),
            () => call('DELETE /api/machines/{machine}', { path }),
            t('users.deleted', { name }),
          ),
      },
    ];
  }

  private columns(): Column<Machine>[] {
    return [
      { id: 'name', label: t('tokens.name'), min: 10, grow: 2, card: 'lead', cell: (one) => html`<span class="clip">${one.name}</span>` },
      { id: 'description', label: t('machines.description'), min: 10, grow: 3, cell: (one) => one.description ?? '', tip: (one) => one.description },
      { id: 'role', label: t('users.role'), min: 7, grow: 1, cell: (one) => (one.role ? roleName(one.role) : html`<span class="muted">${t('machines.no-role')}</span>`), tip: (one) => (one.role ? roleText(one.role) : t('machines.no-role-text')) },
      { id: 'state', label: t('users.state'), min: 6.5, grow: 1, cell: (one) => userState(one.state) },
      { id: 'used', label: t('tokens.last-used'), min: 8, grow: 1, cell: (one) => moment(one.lastUsed, false), tip: (one) => (one.lastUsed ? exact(one.lastUsed) : undefined) },
      { id: 'created', label: t('users.created'), min: 8, grow: 1, card: 'none', cell: (one) => moment(one.created, false), tip: (one) => exact(one.created) },
      { id: 'menu', label: '', min: 3.2, grow: 0, end: true, card: 'corner', cell: (one) => html`<ui-menu .items=${this.menu(one)} label=${t('users.actions', { name: one.name })} kind="quiet" mini></ui-menu>` },
    ];
  }

  private inspect(machine: Machine): void {
    const drawer = new MachineDrawer();
    drawer.machine = machine;
    void show(drawer);
  }

  protected override render() {
    const { rows } = this;
    const narrowed = Object.values(this.filter).some(Boolean);
    if (rows.failure) return failure(sentence(rows.failure), () => this.again());
    if (rows.total === 0) {
      const said = narrowed
        ? { title: t('list.nothing-matches'), text: t('list.nothing-matches-text'), shape: 'search' as const }
        : { title: t('machines.none'), text: t('machines.none-text'), shape: 'key' as const };
      return html`<div class="card">${emptyState(said)}</div>`;
    }
    return html`<ui-grid
      label=${t('machines.title')}
      .columns=${this.columns()}
      .rows=${rows}
      .key=${(one: Machine) => one.id}
      .cardHeight=${96}
      pickable
      @open=${(event: CustomEvent<Machine>) => this.inspect(event.detail)}
    ></ui-grid>`;
  }
}
