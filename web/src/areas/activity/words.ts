import type { Event as LedgerEvent } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { tryText } from '../../i18n/t.js';

/** Names of environments by id, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

/** Where it happened, in words: the environment, the account, or the part of the server. */
export function eventPlace(event: LedgerEvent, names: Names): string {
  const [kind = '', id = ''] = event.resource.split('/');
  const said = event.details['name'];
  if (typeof said === 'string') return said;
  if (kind === 'environment') return names.get(id) ?? tryText('audit-place.environment', kind);
  if (id === event.actor.id) return called(event.actor);
  if (kind === 'job') return tryText(`job.${id.split('.')[0]}`, id);
  return tryText(`audit-place.${kind}`, kind);
}

/** What happened, in words; an unknown type says its own name. */
export function eventText(event: LedgerEvent): string {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.details)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = String(value);
  }
  if (values['count'] !== undefined) values['n'] = values['count']; // chooses the plural
  const type = values['purpose'] === 'copy' ? event.type.replace(/\.reveal$/, '.copy') : event.type;
  const known = tryText(`event.${type}`, '', values);
  return known && !/\{\w+\}/.test(known) ? known : tryText(`event-plain.${type}`, event.type);
}
