import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n/t.js';
import { button } from './button.js';
import { icon, type IconName } from './icon.js';

export type Tone = 'info' | 'ok' | 'warn' | 'bad' | 'none';

const SHAPES: Record<Tone, IconName> = { info: 'info', ok: 'circle-check', warn: 'warning', bad: 'error', none: 'dash' };

/** Word, shape and colour. */
export function statusTag(tone: Tone, word: string, shape?: IconName): TemplateResult {
  return html`<span class="status ${tone}">${icon(shape ?? SHAPES[tone], undefined, 14)}<span class="clip">${word}</span></span>`;
}

export function banner(tone: Tone, text: unknown, actions: unknown = nothing): TemplateResult {
  return html`<div class="banner ${tone}" role=${tone === 'bad' ? 'alert' : nothing}>
    ${icon(SHAPES[tone])}
    <div class="text">${text}</div>
    ${actions}
  </div>`;
}

/** Nothing yet, nothing matches, no right: each with its own words. */
export function emptyState(options: { title: string; text?: string; action?: unknown; shape?: IconName }): TemplateResult {
  return html`<div class="empty">
    ${icon(options.shape ?? 'info', undefined, 32)}
    <h2>${options.title}</h2>
    ${options.text ? html`<p>${options.text}</p>` : nothing} ${options.action ?? nothing}
  </div>`;
}

/** What went wrong and a way to try again. */
export function failure(text: string, retry?: () => void): TemplateResult {
  return banner('bad', text, retry ? button({ label: t('action.retry'), icon: 'sync', onClick: retry }) : nothing);
}

export function skeleton(lines = 5): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${t('state.loading')}>
    ${Array.from({ length: lines }, () => html`<i></i>`)}
  </div>`;
}

export interface Crumb {
  label: string;
  href?: string;
}

export function breadcrumb(crumbs: Crumb[]): TemplateResult {
  return html`<nav class="crumbs" aria-label=${t('shell.breadcrumb')}>
    <ol>
      ${crumbs.map(({ label, href }) => html`<li>${href ? html`<a href=${href}>${label}</a>` : label}</li>`)}
    </ol>
  </nav>`;
}

export interface Tab {
  id: string;
  label: string;
  href: string;
}

/** Tabs with addresses of their own, therefore links. */
export function tabs(list: Tab[], current: string, label: string): TemplateResult {
  return html`<nav class="tabs" aria-label=${label}>
    ${list.map((tab) => html`<a href=${tab.href} aria-current=${tab.id === current ? 'page' : nothing}>${tab.label}</a>`)}
  </nav>`;
}

/** Title, one sentence, one primary action. */
export function pageHead(options: { title: string; text?: unknown; crumbs?: Crumb[]; actions?: unknown }): TemplateResult {
  return html`<div class="page-head">
    <div class="titles">
      ${options.crumbs ? breadcrumb(options.crumbs) : nothing}
      <h1 tabindex="-1">${options.title}</h1>
      ${options.text ? html`<p>${options.text}</p>` : nothing}
    </div>
    ${options.actions ? html`<div class="row">${options.actions}</div>` : nothing}
  </div>`;
}
