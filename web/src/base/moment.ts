import { html, nothing, type TemplateResult } from 'lit';
import { language, t } from '../i18n/t.js';

const STEPS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The browser's regional form of the interface's language, for dates and times: `en-GB` rather than `en`. */
const region = (): string => globalThis.navigator?.languages?.find((tag) => tag.split('-')[0] === language()) ?? language();

/** "3 hours ago", "in 12 days"; `now` in milliseconds. */
export function relative(time: string, now = Date.now(), locale = language()): string {
  const seconds = (Date.parse(time) - now) / 1000;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return words.format(unit === 'year' ? Math.round(seconds / length) : Math.trunc(seconds / length), unit);
  }
  return words.format(0, 'second');
}

/** The exact time in the user's zone and in UTC. */
export function exact(time: string): string {
  const local = new Intl.DateTimeFormat(region(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));
  return `${local} · ${time.replace('T', ' ').replace(/(\.\d+)?Z$/, '')} UTC`;
}

/** How long something took: `140 ms`, `3.2 s`, `4 min`. */
export function took(started: string, finished: string, locale: string = language()): string {
  const milliseconds = Math.max(0, Date.parse(finished) - Date.parse(started));
  const said = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  if (milliseconds < 1000) return said(milliseconds, 'millisecond', 0);
  return milliseconds < 120_000 ? said(milliseconds / 1000, 'second', 1) : said(milliseconds / 60_000, 'minute', 0);
}

export function day(time: string): string {
  return new Intl.DateTimeFormat(region(), { dateStyle: 'medium' }).format(new Date(time));
}

export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** A relative time whose exact form shows on hover and on focus. */
export function moment(time: string | undefined, focusable = true): TemplateResult {
  if (!time) return html`<span class="muted">${t('state.never')}</span>`;
  return html`<time datetime=${time} data-tip=${exact(time)} tabindex=${focusable ? 0 : nothing}>${relative(time)}</time>`;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "77.4 GB"; thousands, as discs are sold. */
export function size(bytes: number): string {
  const step = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const unit = UNITS[step]!;
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
}
