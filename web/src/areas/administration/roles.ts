import type { TemplateResult } from 'lit';
import type { Role, UserState } from '../../api/schema.js';
import { statusTag, type Tone } from '../../base/feedback.js';
import { t } from '../../i18n/t.js';

export const ROLES: readonly Role[] = ['ADMIN', 'OPERATOR', 'USER', 'READ_ONLY', 'AUDITOR'];

const TONES: Record<UserState, Tone> = { ACTIVE: 'ok', LOCKED: 'warn', DISABLED: 'none' };

export function userState(state: UserState): TemplateResult {
  return statusTag(TONES[state], t(`user-state.${state}`), state === 'LOCKED' ? 'lock' : undefined);
}
