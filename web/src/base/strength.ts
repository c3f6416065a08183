import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n/t.js';
import { statusTag } from './feedback.js';

export interface Estimate {
  score: number;
  accepted: boolean;
  warning?: string;
  suggestions?: string[];
}

/** How good a password would be, in words and as a bar. */
export function strengthMeter(estimate: Estimate | undefined): TemplateResult | typeof nothing {
  if (!estimate) return nothing;
  const { score, accepted } = estimate;
  const words = ['strength.0', 'strength.1', 'strength.2', 'strength.3', 'strength.4'] as const;
  const word = t(words[score] ?? 'strength.0');
  return html`<div class="stack tight" aria-live="polite">
    <progress max="4" value=${score} aria-label=${t('strength.label')}></progress>
    ${statusTag(accepted ? 'ok' : 'warn', word)}
    ${estimate.warning ? html`<span class="hint">${estimate.warning}</span>` : nothing}
    ${(estimate.suggestions ?? []).map((suggestion) => html`<span class="hint">${suggestion}</span>`)}
  </div>`;
}
