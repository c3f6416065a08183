import type { Source, SourceKind, SourceWrite, Trust } from '../../api/schema.js';

/** What the form of one source holds, as text. */
export interface Draft {
  used: boolean;
  host: string;
  port: string;
  username: string;
  password: string;
  mode: Trust['mode'];
  fingerprint: string;
  caPem: string;
  schedule: string;
}

const DEFAULT_SCHEDULE: Record<SourceKind, string> = { SDDC_MANAGER: '60', INSTALLER: '0' };

/** The form of a stored source, or of a new one. */
export function draft(kind: SourceKind, source?: Source): Draft {
  return {
    used: source !== undefined,
    host: source?.host ?? '',
    port: String(source?.port ?? 443),
    username: source?.username ?? (kind === 'INSTALLER' ? 'admin@local' : 'administrator@vsphere.local'),
    password: '',
    mode: source?.trust.mode ?? 'SYSTEM',
    fingerprint: source?.trust.fingerprint ?? '',
    caPem: source?.trust.caPem ?? '',
    schedule: source ? String(source.scheduleMinutes) : DEFAULT_SCHEDULE[kind],
  };
}

export function trust(form: Draft): Trust {
  switch (form.mode) {
    case 'PIN':
      return { mode: 'PIN', fingerprint: form.fingerprint };
    case 'CA':
      return { mode: 'CA', caPem: form.caPem };
    default:
      return { mode: form.mode };
  }
}

/** What is sent; an untouched password stays away, so that the stored one is kept. */
export function write(form: Draft): SourceWrite {
  return {
    host: form.host.trim(),
    port: Number(form.port) || 443,
    username: form.username.trim(),
    ...(form.password && { password: form.password }),
    trust: trust(form),
    scheduleMinutes: Number(form.schedule) || 0,
  };
}
