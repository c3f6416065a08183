import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LightElement } from './element.js';
import { icon } from './icon.js';
import { styled } from './styled.js';
import type { Rows } from './window.js';

export interface Column<T> {
  id: string;
  label: string;
  /** The least width in rem, and the share of what is left. */
  min: number;
  grow?: number;
  cell: (row: T) => unknown;
  /** Shown on hover and focus. */
  tip?: (row: T) => string | undefined;
  /** The name the server sorts by. */
  sort?: string;
  end?: boolean;
  /** The place on a card: its title, a whole line, half a line (default), the upper corner, or left out. */
  card?: 'lead' | 'wide' | 'corner' | 'none';
  /** Leaves when there is no room for all, the highest first; never cut. Without it the column stays. */
  yields?: number;
}

const OVERSCAN = 8; // rows above and below the visible ones
const MOST = 200; // rows drawn at once, also when the page gives the grid no height
const CARDS_BELOW = 700; // pixels of the grid's width

/**
 * A virtual grid: absolute rows of fixed height in a spacer. One stop for Tab; arrows, PageUp, PageDown, Home and End
 * move between cells and the controls in them; Enter sends `open` with the row.
 */
@customElement('ui-grid')
export class Grid<T> extends LightElement {
  @property({ attribute: false }) columns: Column<T>[] = [];
  @property({ attribute: false }) rows!: Rows<T>;
  @property({ attribute: false }) key: (row: T) => string = () => '';
  @property() label = '';
  /** Column name, with `-` in front for descending. */
  @property() sort = '';
  @property() selected = '';
  @property({ type: Number }) cardHeight = 116;
  @property({ type: Boolean }) pickable = false;
  @state() private first = 0;
  @state() private last = 40;
  @state() private cards = false;
  @state() private room = Infinity; // rem
  @state() private active = { row: 0, stop: 0 };
  #moveFocus = false;
  #size = new ResizeObserver(() => this.measure());

  private get box(): HTMLElement {
    return this.querySelector<HTMLElement>('.grid')!;
  }

  private get rowHeight(): number {
    if (this.cards) return this.cardHeight;
    return Number.parseFloat(getComputedStyle(this).getPropertyValue('--row')) || 36;
  }

  protected override firstUpdated(): void {
    this.#size.observe(this.box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('rows')) return;
    this.rows.changed = () => this.requestUpdate();
    this.first = 0;
    this.last = 40;
    this.active = { row: 0, stop: 0 };
    this.querySelector('.grid')?.scrollTo(0, 0);
  }

  private measure(): void {
    const { scrollTop, clientHeight, clientWidth } = this.box;
    this.cards = clientWidth > 0 && clientWidth < CARDS_BELOW;
    if (clientWidth > 0) this.room = clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = this.rowHeight;
    this.first = Math.max(0, Math.floor(scrollTop / height) - OVERSCAN);
    this.last = Math.min(Math.ceil((scrollTop + clientHeight) / height) + OVERSCAN, this.first + MOST);
  }

  /** The columns there is room for. */
  private fitting(): Column<T>[] {
    if (this.cards) return this.columns.filter((column) => column.card !== 'none');
    const shown = [...this.columns];
    const need = () => shown.reduce((sum, { min }) => sum + min, 0);
    while (need() > this.room) {
      const last = shown.reduce((most, column) => ((column.yields ?? 0) > (most.yields ?? 0) ? column : most), shown[0]!);
      if (!last.yields) break;
      shown.splice(shown.indexOf(last), 1);
    }
    return shown;
  }

  private visible(): number[] {
    const total = this.rows.total ?? 0;
    const end = Math.min(this.last, total - 1);
    const indexes: number[] = [];
    for (let index = this.first; index <= end; index++) indexes.push(index);
    const { row } = this.active;
    if (row < total && (row < this.first || row > end)) indexes.push(row);
    return indexes;
  }

  private stops(line: Element | null): HTMLElement[] {
    return [...(line?.children ?? [])].flatMap((cell) => {
      const controls = [...cell.querySelectorAll<HTMLElement>('button, a[href], input')];
      return controls.length > 0 ? controls : [cell as HTMLElement];
    });
  }

  private line(row: number): Element | null {
    return this.querySelector(`.line[data-index="${row}"]`);
  }

  protected override updated(): void {
    for (const line of this.querySelectorAll('.line')) {
      for (const stop of this.stops(line)) if (stop.getAttribute('tabindex') !== '-1') stop.tabIndex = -1;
    }
    const stops = this.stops(this.line(this.active.row));
    const stop = stops[Math.min(this.active.stop, stops.length - 1)];
    if (stop) stop.tabIndex = 0;
    if (this.#moveFocus && stop) {
      this.#moveFocus = false;
      stop.focus({ preventScroll: true });
    }
    this.rows.want(this.first, Math.min(this.last, (this.rows.total ?? this.last + 1) - 1));
  }

  private onFocus(event: FocusEvent): void {
    const line = (event.target as Element).closest<HTMLElement>('.line');
    if (!line) return;
    const row = Number(line.dataset['index']);
    const stop = this.stops(line).indexOf(event.target as HTMLElement);
    if (stop >= 0 && (row !== this.active.row || stop !== this.active.stop)) this.active = { row, stop };
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (!target.closest('.line') || event.altKey) return;
    const total = this.rows.total ?? 0;
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight) - 2);
    const stops = this.stops(this.line(this.active.row)).length;
    const whole = event.ctrlKey || event.metaKey;
    let { row, stop } = this.active;
    switch (event.key) {
      case 'ArrowDown': row++; break;
      case 'ArrowUp': row--; break;
      case 'PageDown': row += page; break;
      case 'PageUp': row -= page; break;
      case 'ArrowRight': stop++; break;
      case 'ArrowLeft': stop--; break;
      case 'Home': stop = 0; if (whole) row = 0; break;
      case 'End': stop = stops - 1; if (whole) row = total - 1; break;
      case 'Enter':
        if (!target.matches('button, a')) this.open(this.active.row);
        return;
      default: return;
    }
    event.preventDefault();
    this.active = { row: Math.max(0, Math.min(row, total - 1)), stop: Math.max(0, Math.min(stop, stops - 1)) };
    this.#moveFocus = true;
    this.reach(this.active.row);
  }

  /** Scrolls until the row is visible below the head. */
  private reach(row: number): void {
    const height = this.rowHeight;
    const head = this.cards ? 0 : height;
    const top = row * height;
    const room = this.box.clientHeight - head;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + height > this.box.scrollTop + room) this.box.scrollTop = top + height - room;
    this.measure();
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const line = target.closest<HTMLElement>('.line');
    if (!line || target.closest('button, a, input, label, [popover]') || getSelection()?.toString()) return;
    this.open(Number(line.dataset['index']));
  }

  private open(index: number): void {
    const row = this.rows.get(index);
    if (row !== undefined) this.dispatchEvent(new CustomEvent('open', { detail: row }));
  }

  private sortBy(name: string): void {
    this.dispatchEvent(new CustomEvent('sort', { detail: this.sort === name ? `-${name}` : name }));
  }

  private head(column: Column<T>, index: number): TemplateResult {
    const { sort } = column;
    const direction = !sort ? undefined : this.sort === sort ? 'ascending' : this.sort === `-${sort}` ? 'descending' : 'none';
    return html`<div class="cell ${column.end ? 'end' : ''}" role="columnheader" aria-colindex=${index + 1} aria-sort=${direction ?? nothing}>
      ${sort
        ? html`<button class="sort" type="button" @click=${() => this.sortBy(sort)}>
            ${column.label}${direction === 'ascending'
              ? icon('sort-up', undefined, 13)
              : direction === 'descending'
                ? icon('sort-down', undefined, 13)
                : nothing}
          </button>`
        : column.label}
    </div>`;
  }

  private cell(column: Column<T>, row: T | undefined, index: number): TemplateResult {
    const card = this.cards ? (column.card ?? '') : '';
    const value = row === undefined ? html`<span class="ghost"></span>` : column.cell(row);
    return html`<div
      class="cell ${column.end && !this.cards ? 'end' : ''} ${card === 'lead' ? 'lead wide' : card}"
      role=${index === 0 ? 'rowheader' : 'gridcell'}
      aria-colindex=${index + 1}
      data-label=${this.cards && card === '' && column.label ? `${column.label}:` : nothing}
      data-tip=${(row !== undefined && column.tip?.(row)) || nothing}
    >
      ${typeof value === 'string' ? html`<span class="clip">${value}</span>` : value}
    </div>`;
  }

  protected override render() {
    const total = this.rows.total ?? 12;
    const height = this.isConnected && this.hasUpdated ? this.rowHeight : 36;
    const shown = this.fitting();
    const tracks = {
      'grid-template-columns': this.cards ? '' : shown.map(({ min, grow = 1 }) => `minmax(${min}rem, ${grow}fr)`).join(' '),
      'min-width': this.cards ? '' : `${shown.reduce((sum, { min }) => sum + min, 0)}rem`,
    };
    return html`<div
      class="grid ${this.cards ? 'cards' : ''} ${total < 12 ? 'fits' : ''}"
      role="grid"
      aria-label=${this.label}
      aria-rowcount=${this.rows.total === undefined ? -1 : total + 1}
      aria-colcount=${shown.length}
      aria-busy=${this.rows.total === undefined ? 'true' : 'false'}
      @scroll=${{ handleEvent: () => this.measure(), passive: true }}
      @keydown=${this.onKey}
      @focusin=${this.onFocus}
      @click=${this.onClick}
      ${styled({ '--card': `${this.cardHeight}px` })}
    >
      <div class="head" role="row" aria-rowindex="1" ${styled(tracks)}>${shown.map((column, index) => this.head(column, index))}</div>
      <div class="space" role="rowgroup" ${styled({ height: `${total * height}px` })}>
        ${repeat(
          this.rows.total === undefined ? Array.from({ length: 12 }, (_, index) => index) : this.visible(),
          (index) => index, // not by id: a row that arrives late keeps its element, and with it the focus
          (index) => {
            const row = this.rows.get(index);
            return html`<div
              class="line ${this.pickable ? 'pickable' : ''}"
              role="row"
              data-index=${index}
              aria-rowindex=${index + 2}
              aria-selected=${this.pickable ? String(row !== undefined && this.key(row) === this.selected) : nothing}
              ${styled({ ...tracks, top: `${index * height}px` })}
            >
              ${shown.map((column, at) => this.cell(column, row, at))}
            </div>`;
          },
        )}
      </div>
    </div>`;
  }
}
