import type { TemplateResult } from 'lit';
import type { Credential, Drift, Environment, ExpiryState, Run, RunStatus, Source, SourceStatus } from '../../api/schema.js';
import { statusTag, type Tone } from '../../base/feedback.js';
import type { IconName } from '../../base/icon.js';
import { language, t } from '../../i18n/t.js';

/** Statuses that are not plain failures. */
const SOURCE: Partial<Record<SourceStatus, [Tone, IconName?]>> = {
  OK: ['ok'],
  NEVER: ['none'],
  RUNNING: ['info', 'sync'],
  HELD: ['warn', 'pause'],
  BUSY: ['warn'],
  RESTARTING: ['warn'],
  INTERRUPTED: ['warn'],
  EMPTY: ['warn'],
  NOTHING_DEPLOYED: ['warn'],
};

const RUN: Record<RunStatus, [Tone, IconName?]> = {
  RUNNING: ['info', 'sync'],
  SUCCESS: ['ok'],
  PARTIAL: ['warn'],
  FAILED: ['bad'],
  EMPTY: ['warn'],
  HELD: ['warn', 'pause'],
  DISCARDED: ['none'],
  INTERRUPTED: ['warn'],
};

const EXPIRY: Record<ExpiryState, [Tone, IconName?]> = {
  OK: ['ok'],
  DUE_SOON: ['warn', 'clock'],
  EXPIRED: ['bad'],
  NEVER: ['none'],
  UNKNOWN: ['none'],
};

export function sourceStatus(status: SourceStatus): TemplateResult {
  const [tone, shape] = SOURCE[status] ?? ['bad'];
  return statusTag(tone, t(`source-status.${status}`), shape);
}

export function runStatus(status: RunStatus): TemplateResult {
  const [tone, shape] = RUN[status];
  return statusTag(tone, t(`run-status.${status}`), shape);
}

export function expiryStatus(state: ExpiryState): TemplateResult {
  const [tone, shape] = EXPIRY[state];
  return statusTag(tone, t(`expiry.${state}`), shape);
}

/** Information, or something to look at: the server says which. */
export const findingStatus = ({ attention }: Credential, finding: Drift): TemplateResult =>
  statusTag(attention.includes(finding) ? 'warn' : 'info', t(`drift.${finding}`));

/** What is wrong with a source; the server's own sentence is English. */
export function failureText(source: Source): string {
  return language() === 'en' && source.failure ? source.failure.sentence : `${t(`source-status.${source.status}`)}.`;
}

export const sources = (environment: Environment): Source[] =>
  [environment.installer, environment.sddcManager].filter((source) => source !== undefined);

const failed = (source: Source): boolean => (SOURCE[source.status]?.[0] ?? 'bad') === 'bad';

/** One status for the whole environment: the worst of its sources. */
export function environmentStatus(environment: Environment): SourceStatus | undefined {
  const all = sources(environment);
  const worst =
    all.find(failed) ?? all.find(({ status }) => status === 'HELD') ?? all.find(({ status }) => status === 'RUNNING') ??
    all.find(({ status }) => status !== 'OK' && status !== 'NEVER') ?? all.find(({ status }) => status === 'OK') ?? all[0];
  return worst?.status;
}

export const isRunning = (run: Run | undefined): boolean => run?.status === 'RUNNING';

/** Latest and earliest of times that may be missing. */
export const latest = (times: Array<string | undefined>): string | undefined => times.filter(Boolean).toSorted().at(-1);
export const earliest = (times: Array<string | undefined>): string | undefined => times.filter(Boolean).toSorted()[0];
