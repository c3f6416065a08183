import { language, tryText } from '../i18n/t.js';
import { Refused } from './client.js';

/** What a failure says to the user, in the user's language where the code is known. */
export function sentence(failure: unknown): string {
  if (!(failure instanceof Refused)) return tryText('problem.internal', String(failure));
  const { code, detail, title, params } = failure.problem;
  const known = tryText(`problem.${code}`, '', params ?? {});
  if (language() === 'en') return detail || known || title;
  return known || detail || title;
}

/** The request id, for whoever has to look it up in the log. */
export function instance(failure: unknown): string {
  return failure instanceof Refused ? failure.problem.instance.replace('urn:uuid:', '') : '';
}

/** Messages by field: `/sddcManager/host` becomes `sddcManager.host`. */
export function fieldErrors(failure: unknown): Record<string, string> {
  if (!(failure instanceof Refused)) return {};
  const errors: Record<string, string> = {};
  for (const { pointer, code, detail, params } of failure.problem.errors ?? []) {
    const field = pointer.replace(/^[/?]/, '').replaceAll('/', '.');
    errors[field] = language() === 'en' ? detail : tryText(`rule.${code}`, detail, params ?? {});
  }
  return errors;
}
