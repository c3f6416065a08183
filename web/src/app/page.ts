import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { live } from '../api/live.js';
import type { Event as LedgerEvent } from '../api/schema.js';
import { LightElement } from '../base/element.js';

/** What every page has: its place in the address, live events, and a way to fetch again. Only pages fetch. */
export abstract class Page extends LightElement {
  @property({ attribute: false }) params: Record<string, string> = {};
  @property({ attribute: false }) query = new URLSearchParams();
  #stop: (() => void) | undefined;

  /** Fetches what the page shows; called at first and when `params` change. */
  protected abstract load(): void | Promise<void>;

  /** Called for each live event, and with `gap` when some were missed. */
  protected heard(_event: LedgerEvent | 'gap'): void {}

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = live.listen((event) => this.heard(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('params')) void this.load();
  }

  protected name(text: string): void {
    document.title = `${text} · Holdfast`;
  }
}
