import type { TemplateResult } from 'lit';
import { call } from '../../api/client.js';
import type { Role, UserState } from '../../api/schema.js';
import { statusTag, type Tone } from '../../base/feedback.js';
import { t, tryText } from '../../i18n/t.js';

export const ROLES = ['ADMIN', 'OPERATOR', 'USER', 'READ_ONLY', 'AUDITOR'] as const;

/** The built-in roles, and below them those that the tenant made; without these the others are enough. */
export async function loadRoles(): Promise<readonly Role[]> {
  try {
    const { items } = await call('GET /api/access/roles', { query: { limit: 1000 } });
    return [...ROLES, ...items.filter((role) => !role.builtIn).map((role) => role.name)];
  } catch {
    return ROLES;
  }
}

/** What a role is called: built-in ones in the user's language, those of the tenant as they are. */
export const roleName = (role: Role | undefined): string => (role ? tryText(`role.${role}`, role) : '');
export const roleText = (role: Role | undefined): string => (role ? tryText(`role-text.${role}`, '') : '');

const TONES: Record<UserState, Tone> = { ACTIVE: 'ok', LOCKED: 'warn', DISABLED: 'none' };

export function userState(state: UserState): TemplateResult {
  return statusTag(TONES[state], t(`user-state.${state}`), state === 'LOCKED' ? 'lock' : undefined);
}
