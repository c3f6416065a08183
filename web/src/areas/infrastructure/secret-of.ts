import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Credential } from '../../api/schema.js';
import { withStepUp } from '../../app/step-up.js';
import type { Secret } from '../../base/secret.js';
import { nameOf } from './filters.js';

/** The value of a credential, newest or of one version; fetched only when it is wanted. */
export function secretOf(credential: Credential, version?: number): Secret {
  return {
    of: nameOf(credential),
    failed: sentence,
    fetch: async (purpose) => {
      const path = { id: credential.environmentId, credential: credential.id };
      const query = { purpose, ...(version !== undefined && { version }) };
      const revealed = await withStepUp(() => call('POST /api/environments/{id}/credentials/{credential}/reveal', { path, query }));
      return revealed?.value ?? '';
    },
  };
}
