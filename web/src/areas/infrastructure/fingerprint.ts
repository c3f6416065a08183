import { html, type TemplateResult } from 'lit';

const GROUP = 4; // bytes that stay together on a line

/** A certificate's fingerprint in lines that can be compared by eye. */
export function fingerprint(text: string): TemplateResult {
  const bytes = text.split(':');
  const groups = Array.from({ length: Math.ceil(bytes.length / GROUP) }, (_, at) => bytes.slice(at * GROUP, (at + 1) * GROUP));
  return html`<span class="fingerprint-lines" translate="no"
    >${groups.map((group, at) => html`<span>${group.join(':')}${at < groups.length - 1 ? ':' : ''}</span><wbr />`)}</span
  >`;
}
