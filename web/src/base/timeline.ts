import { html, nothing, svg, type TemplateResult } from 'lit';
import { t } from '../i18n/t.js';
import { day } from './moment.js';

export interface Bucket {
  day: string;
  count: number;
}

const WIDTH = 900;
const HEIGHT = 96;

/** Bars by day; each links to what falls due then. `soon` is the number of days that count as near. */
export function timeline(buckets: Bucket[], options: { label: string; soon: number; href: (bucket: Bucket) => string }): TemplateResult {
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const step = WIDTH / Math.max(1, buckets.length);
  const bars = buckets.map((bucket, index) => {
    if (bucket.count === 0) return nothing;
    const height = Math.max(4, Math.sqrt(bucket.count / most) * (HEIGHT - 18));
    const x = index * step;
    const text = t('timeline.bar', { n: bucket.count, day: day(bucket.day) });
    return svg`<a href=${options.href(bucket)} aria-label=${text} data-tip=${text}
        class=${index < 7 ? 'bad' : index < options.soon ? 'warn' : 'later'}>
        <rect x=${x + 1} y=${HEIGHT - height} width=${Math.max(3, step - 2)} height=${height} rx="1.5"/></a>`;
  });
  const thirds = [1, 2, 3].map((third) => Math.round((buckets.length * third) / 3));
  return html`<div>
    <svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT + 1}" role="group" aria-label=${options.label}>
      ${svg`<line class="axis" x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT}/>${bars}`}
    </svg>
    <div class="row spread muted small" aria-hidden="true">
      <span>${t('timeline.today')}</span>${thirds.map((n) => html`<span>${t('timeline.days', { n })}</span>`)}
    </div>
  </div>`;
}
