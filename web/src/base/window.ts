/** Rows of a list that is too long to fetch at once. `total` is unknown until the first answer. */
export interface Rows<T> {
  total: number | undefined;
  failure: unknown;
  get(index: number): T | undefined;
  /** Sees to it that the rows from `first` to `last` come. */
  want(first: number, last: number): void;
  /** Called after each answer. */
  changed: () => void;
}

interface Answer<T> {
  items: T[];
  total: number;
  next?: string;
}

const SIZE = 200; // rows a window

/** Jumps anywhere by offset. */
export class OffsetRows<T> implements Rows<T> {
  total: number | undefined;
  failure: unknown;
  changed = () => {};
  #windows = new Map<number, T[] | 'coming'>();
  #stale = new Set<number>();

  constructor(private readonly fetch: (offset: number, limit: number) => Promise<Answer<T>>) {}

  get(index: number): T | undefined {
    const rows = this.#windows.get(Math.floor(index / SIZE));
    return rows === undefined || rows === 'coming' ? undefined : rows[index % SIZE];
  }

  want(first: number, last: number): void {
    for (let window = Math.floor(first / SIZE); window <= Math.floor(last / SIZE); window++) {
      if (!this.#windows.has(window) || this.#stale.has(window)) void this.#load(window);
    }
  }

  /** Fetches again what is looked at; the old rows stay until the new ones are here. */
  refresh(): void {
    this.#stale = new Set(this.#windows.keys());
    this.changed();
  }

  indexOf(same: (row: T) => boolean): number {
    for (const [window, rows] of this.#windows) {
      const at = rows === 'coming' ? -1 : rows.findIndex(same);
      if (at >= 0) return window * SIZE + at;
    }
    return -1;
  }

  async #load(window: number): Promise<void> {
    this.#stale.delete(window);
    if (!this.#windows.has(window)) this.#windows.set(window, 'coming');
    try {
      const answer = await this.fetch(window * SIZE, SIZE);
      this.#windows.set(window, answer.items);
      this.total = answer.total;
      this.failure = undefined;
    } catch (failure) {
      this.#windows.delete(window);
      this.failure = failure;
    }
    this.changed();
  }
}

/** Follows a cursor; more comes when the end is near. */
export class CursorRows<T> implements Rows<T> {
  total: number | undefined;
  failure: unknown;
  changed = () => {};
  /** How many rows the whole set has; `total` is what can be reached so far. */
  whole = 0;
  readonly rows: T[] = [];
  #next: string | undefined | 'start' = 'start';
  #coming = false;

  constructor(private readonly fetch: (cursor: string | undefined, limit: number) => Promise<Answer<T>>) {}

  get(index: number): T | undefined {
    return this.rows[index];
  }

  want(_first: number, last: number): void {
    if (last >= this.rows.length - 1 && this.#next !== undefined && !this.#coming) void this.#load();
  }

  /** A new row at the top. */
  prepend(row: T): void {
    this.rows.unshift(row);
    this.whole++;
    this.total = this.#reachable();
    this.changed();
  }

  #reachable(): number {
    return this.#next === undefined ? this.rows.length : Math.min(this.whole, this.rows.length + SIZE);
  }

  async #load(): Promise<void> {
    this.#coming = true;
    try {
      const answer = await this.fetch(this.#next === 'start' ? undefined : this.#next, SIZE);
      this.rows.push(...answer.items);
      this.#next = answer.next;
      this.whole = answer.total;
      this.total = this.#reachable();
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
    this.#coming = false;
    this.changed();
  }
}

/** Rows that are all here. */
export class LocalRows<T> implements Rows<T> {
  failure: unknown;
  changed = () => {};
  readonly total: number;

  constructor(private readonly rows: readonly T[]) {
    this.total = rows.length;
  }

  get(index: number): T | undefined {
    return this.rows[index];
  }

  want(): void {}
}
