import { html, type TemplateResult } from 'lit';
import { field, select } from '../../base/fields.js';
import type { Form } from '../../base/form.js';
import { t } from '../../i18n/t.js';

export const ON_EXPIRY = ['MARK', 'ARCHIVE', 'DELETE'] as const;

/** What is known beside the value, as it stands in a form. */
export type Details = { tags: string; notes: string; expires: string; onExpiry: string; keepVersions: string };

export const NO_DETAILS: Details = { tags: '', notes: '', expires: '', onExpiry: 'MARK', keepVersions: '10' };

const SEPARATORS = /[,;\n]/;

/** The details as the API takes them; what is empty is left out. */
export function sent(details: Details) {
  const tags = details.tags.split(SEPARATORS).map((tag) => tag.trim()).filter(Boolean);
  return {
    tags,
    notes: details.notes,
    onExpiry: details.onExpiry as (typeof ON_EXPIRY)[number],
    keepVersions: Number(details.keepVersions),
    ...(details.expires && { expires: new Date(`${details.expires}T00:00:00`).toISOString() }),
  };
}

export function detailFields<V extends Details & Record<string, unknown>>(form: Form<V>): TemplateResult {
  const text = (name: keyof Details) => form.text(name as keyof V & string);
  return html`${field({ ...text('tags'), label: t('secrets.tags'), optional: true, hint: t('secrets.tags-hint') })}
    ${field({ ...text('notes'), label: t('secrets.notes'), optional: true, lines: 3, maxLength: 1000, hint: t('secrets.notes-hint') })}
    <div class="generator-choices">
      ${dated({ ...text('expires'), label: t('secrets.expires') })}
      ${select({
        id: 'f-onExpiry',
        label: t('secrets.on-expiry'),
        value: form.values.onExpiry,
        choices: ON_EXPIRY.map((value) => ({ value, label: t(`secrets.on-expiry-${value}`) })),
        onChange: (value) => form.set('onExpiry', value as V['onExpiry']),
      })}
      ${field({ ...text('keepVersions'), label: t('secrets.keep-versions'), type: 'number', min: 1, max: 100 })}
    </div>`;
}

function dated(options: { id: string; label: string; value: string; error: string | undefined; onInput: (value: string) => void }) {
  return html`<div class="field">
    <label for=${options.id}>${options.label} <span class="optional">${t('field.optional')}</span></label>
    <input
      class="input"
      type="date"
      id=${options.id}
      .value=${options.value}
      aria-invalid=${options.error ? 'true' : 'false'}
      @input=${(event: Event) => options.onInput((event.target as HTMLInputElement).value)}
    />
    ${options.error ? html`<span class="error-text">${options.error}</span>` : ''}
  </div>`;
}
