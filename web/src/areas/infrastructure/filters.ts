import type { Credential, DriftFilter, Facets, Operations } from '../../api/schema.js';
import type { FilterOption } from '../../base/filter.js';
import { t, tryText } from '../../i18n/t.js';

export type CredentialQuery = NonNullable<Operations['GET /api/environments/{id}/credentials']['query']>;

export const FILTERS = ['resourceType', 'credentialType', 'accountType', 'domain', 'source', 'expiry', 'drift', 'state'] as const;
export type FilterName = (typeof FILTERS)[number];

const ALL_DRIFT: DriftFilter[] = [
  'attention',
  'CONNECTION_ERROR', 'STILL_BRING_UP', 'EXPIRES_BEFORE_ROTATION', 'DOMAIN_LEAVING',
  'ONLY_INSTALLER', 'ONLY_SDDC_MANAGER', 'NO_VALUE', 'CHANGED_SINCE_BRING_UP',
];
/** Values that can occur everywhere; the other columns take theirs from the environment. */
const FIXED: Partial<Record<FilterName, string[]>> = {
  source: ['SDDC_MANAGER', 'INSTALLER'],
  expiry: ['EXPIRED', 'DUE_SOON', 'OK', 'NEVER', 'UNKNOWN'],
  drift: ALL_DRIFT,
  state: ['PRESENT', 'GONE'],
};

const WORDS: Partial<Record<FilterName, string>> = { source: 'source', resourceType: 'resource-type', accountType: 'account-type', expiry: 'expiry', drift: 'drift', state: 'credential-state' };

export function label(name: FilterName, value: string): string {
  const prefix = WORDS[name];
  return prefix ? tryText(`${prefix}.${value}`, value) : value;
}

/** What a filter chip offers; nothing when there is no choice. */
export function options(name: FilterName, facets: Facets | undefined): FilterOption[] {
  const counts = facets?.[name];
  const values = FIXED[name] ?? Object.keys(counts ?? {}).toSorted();
  return values.map((value) => {
    const option: FilterOption = { value, label: label(name, value) };
    if (counts) option.count = counts[value] ?? 0;
    return option;
  });
}

/** The chosen values of one filter. */
export const chosen = (query: URLSearchParams, name: FilterName): string[] => query.getAll(name);

/** The server's query out of the page's address. */
export function serverQuery(query: URLSearchParams): CredentialQuery {
  const result: Record<string, unknown> = {};
  const q = query.get('q');
  if (q) result['q'] = q;
  if (query.get('sort')) result['sort'] = query.get('sort');
  for (const name of FILTERS) {
    const values = chosen(query, name);
    if (values.length > 0) result[name] = values;
  }
  return result as CredentialQuery;
}

export const isFiltered = (query: URLSearchParams): boolean => query.has('q') || FILTERS.some((name) => query.has(name));

export const nameOf = (credential: Credential): string =>
  t('credential.of', { user: credential.username, resource: credential.resourceName });
