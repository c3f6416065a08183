import type { Event as LedgerEvent } from '../../api/schema.js';
import { tryText } from '../../i18n/t.js';

/** What happened, in words; an unknown type says its own name. */
export function eventText(event: LedgerEvent): string {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.details)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = String(value);
  }
  const type = event.type === 'credential.reveal' && values['purpose'] === 'copy' ? 'credential.copy' : event.type;
  const known = tryText(`event.${type}`, '', values);
  return known && !/\{\w+\}/.test(known) ? known : tryText(`event-plain.${type}`, event.type);
}
