import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Secret as Kept } from '../../api/schema.js';
import { withStepUp } from '../../app/step-up.js';
import type { Secret } from '../../base/secret.js';

/** What a person calls it. */
export const nameOf = (secret: Kept): string => `${secret.service}/${secret.account}`;

/** The value of a secret, active or of one version; fetched only when it is wanted. Bytes come as base64. */
export function valueOf(secret: Kept, version?: number): Secret {
  return {
    of: nameOf(secret),
    plain: true,
    failed: sentence,
    fetch: async (purpose) => {
      const query = { purpose, ...(version !== undefined && { version }) };
      const revealed = await withStepUp(() => call('POST /api/secrets/{id}/reveal', { path: { id: secret.id }, query }));
      return revealed?.value ?? revealed?.valueBase64 ?? '';
    },
  };
}
