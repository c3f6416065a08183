import { placed, signedOut } from './client.js';
import type { Event as LedgerEvent } from './schema.js';
import { EventCutter } from './stream.js';

export type LiveState = 'off' | 'connecting' | 'open' | 'lost';

type Listener = (event: LedgerEvent | 'gap') => void;

const FIRST_WAIT = 1_000; // milliseconds
const LONGEST_WAIT = 30_000;

/** The one stream of live events. It continues after its last event and doubles its wait between attempts. */
class Live {
  state: LiveState = 'off';
  #listeners = new Set<Listener>();
  #watchers = new Set<() => void>();
  #stop: AbortController | undefined;
  #last = '';

  /** Returns the way to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  start(): void {
    if (this.#stop) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#last = '';
    this.#change('off');
  }

  #change(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of this.#watchers) watcher();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT;
    while (!signal.aborted) {
      this.#change(this.state === 'off' ? 'connecting' : this.state);
      try {
        const opened = Date.now();
        await this.#read(signal);
        if (Date.now() - opened > LONGEST_WAIT) wait = FIRST_WAIT;
      } catch {
        // a broken connection: try again below
      }
      if (signal.aborted) return;
      this.#change('lost');
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const headers = new Headers({ Accept: 'text/event-stream', 'X-Background': '1' });
    if (this.#last) headers.set('Last-Event-ID', this.#last);
    const response = await fetch(placed('/api/events'), { headers, signal, cache: 'no-store', credentials: 'same-origin' });
    if (response.status === 401) signedOut();
    if (!response.ok || !response.body) throw new Error(`events: ${response.status}`);
    this.#change('open');
    const cutter = new EventCutter();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const message of cutter.push(value)) {
        if (message.id) this.#last = message.id;
        const event = message.event === 'gap' ? 'gap' : (JSON.parse(message.data) as LedgerEvent);
        for (const listener of this.#listeners) listener(event);
      }
    }
  }
}

export const live = new Live();
