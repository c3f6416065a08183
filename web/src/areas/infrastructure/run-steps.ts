import type { RunStep } from '../../api/schema.js';
import { EventCutter } from '../../api/stream.js';

/**
 * Follows the steps of a run and returns when it has ended.
 * Throws when the stream breaks: whoever called then asks again by itself.
 */
export async function followSteps(environment: string, run: string, signal: AbortSignal, told: (steps: RunStep[]) => void): Promise<void> {
  const path = `/api/environments/${encodeURIComponent(environment)}/runs/${encodeURIComponent(run)}/events`;
  const response = await fetch(path, { headers: { Accept: 'text/event-stream' }, signal, cache: 'no-store', credentials: 'same-origin' });
  if (!response.ok || !response.body) throw new Error(`steps: ${response.status}`);
  const cutter = new EventCutter();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error('steps: the stream broke off');
    for (const message of cutter.push(value)) {
      if (message.event === 'end') return;
      if (message.event === 'progress') told(JSON.parse(message.data) as RunStep[]);
    }
  }
}
