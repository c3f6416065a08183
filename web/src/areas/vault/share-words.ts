import type { Explanation, Link, Share, SharePermission, ShareParty } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { statusTag, type Tone } from '../../base/feedback.js';
import { t, tryText } from '../../i18n/t.js';

export const LEVELS: readonly SharePermission[] = ['READ', 'READ_ROTATE', 'READ_ROTATE_SHARE', 'FULL'];
export const STATES = ['ACTIVE', 'PENDING', 'EXPIRED', 'REVOKED'] as const;

/** What a party is called; a tenant by its id. */
export function partyName(party: ShareParty): string {
  if (party.kind === 'ROLE') return t('shares.everybody', { role: tryText(`role.${party.name}`, party.name) });
  if (party.kind === 'TENANT') return t('shares.tenant', { id: party.id ?? '' });
  return called(party);
}

const TONES: Record<Share['status'] | Link['status'], Tone> = {
  ACTIVE: 'ok',
  PENDING: 'info',
  EXPIRED: 'none',
  REVOKED: 'none',
  USED_UP: 'none',
  LOCKED: 'bad',
};

export const shareState = (status: Share['status'] | Link['status']) => statusTag(TONES[status], t(`shares.state-${status}`));

/** An active share says so when its giver lost what it lent. */
export const stateOf = (share: Share) =>
  share.status === 'ACTIVE' && share.allows.length === 0 ? statusTag('warn', t('shares.idle')) : shareState(share.status);

/** Why somebody may read, in the language of the user. */
export function why(one: Explanation): string {
  const places = { role: tryText(`role.${one.role}`, one.role ?? ''), pattern: one.grant?.pattern ?? '', by: one.grant?.grantedByName ?? '' };
  return t(one.grant?.lent && one.reason === 'GRANTED' ? 'shares.why-shared' : `access.why-${one.reason}`, places);
}
