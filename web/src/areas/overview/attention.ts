import type { Overview } from '../../api/schema.js';
import { t } from '../../i18n/t.js';

type Attention = Overview['attention'][number];

/** Where an entry is put right, and what that is called. */
export function remedy(entry: Attention): { href: string; label: string } {
  const environment = `/environments/${entry.environmentId}`;
  switch (entry.code) {
    case 'run-held':
      return { href: `${environment}/sync-log?item=${entry.runId ?? ''}`, label: t('attention.decide') };
    case 'login-refused':
    case 'certificate-changed':
    case 'trust-off':
      return { href: `${environment}/settings`, label: t('attention.settings') };
    case 'source-failed':
    case 'stale':
      return { href: `${environment}/sync-log`, label: t('attention.look') };
    case 'credentials-expired':
      return { href: `${environment}/credentials?expiry=EXPIRED`, label: t('attention.list') };
    case 'credentials-expiring':
      return { href: `${environment}/credentials?expiry=DUE_SOON`, label: t('attention.list') };
    case 'credentials-drifted':
      return { href: `${environment}/credentials?drift=attention`, label: t('attention.list') };
  }
}
