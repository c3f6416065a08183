import type { Key, KeyType } from '../../api/schema.js';
import { statusTag } from '../../base/feedback.js';
import { t } from '../../i18n/t.js';

export const TYPES: readonly KeyType[] = ['AES256_GCM', 'HMAC_SHA256', 'ED25519', 'ECDSA_P256', 'RSA_2048', 'RSA_3072'];

export const keyState = (key: Key) =>
  key.state === 'ENABLED' ? statusTag('ok', t('keys.state-ENABLED')) : statusTag('none', t('keys.state-DISABLED'));
