import type { TemplateResult } from 'lit';
import type { Role, UserState } from '../../api/schema.js';
import { statusTag, type Tone } from '../../base/feedback.js';
import { t, tryText } from '../../i18n/t.js';

export const ROLES = ['ADMIN', 'OPERATOR', 'USER', 'READ_ONLY', 'AUDITOR'] as const;

/** What a role is called: built-in ones in the user's language, those of the tenant as they are. */
export const roleName = (role: Role | undefined): string => (role ? tryText(`role.${role}`, role) : '');
export const roleText = (role: Role | undefined): string => (role ? tryText(`role-text.${role}`, '') : '');

const TONES: Record<UserState, Tone> = { ACTIVE: 'ok', LOCKED: 'warn', DISABLED: 'none' };

export function userState(state: UserState): TemplateResult {
  return statusTag(TONES[state], t(`user-state.${state}`), state === 'LOCKED' ? 'lock' : undefined);
}
