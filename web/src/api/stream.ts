/** One message of a stream of server-sent events. */
export interface Message {
  id: string;
  event: string;
  data: string;
}

/**
 * Cuts server-sent events out of text that arrives in pieces (HTML Living Standard §9.2.6).
 * `EventSource` would need every event name in advance; the ledger's names are open.
 */
export class EventCutter {
  #rest = '';
  #id = '';

  push(text: string): Message[] {
    const all = this.#rest + text;
    const held = all.endsWith('\r') ? '\r' : ''; // its line feed may still come
    const blocks = all.slice(0, all.length - held.length).replace(/\r\n?/g, '\n').split('\n\n');
    this.#rest = (blocks.pop() ?? '') + held;
    return blocks.flatMap((block) => this.#message(block));
  }

  #message(block: string): Message[] {
    const data: string[] = [];
    let event = 'message';
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (name === 'data') data.push(value);
      else if (name === 'event') event = value;
      else if (name === 'id') this.#id = value;
    }
    return data.length > 0 || event === 'gap' ? [{ id: this.#id, event, data: data.join('\n') }] : [];
  }
}
