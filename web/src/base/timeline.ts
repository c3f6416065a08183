import { html, nothing, svg, type TemplateResult } from 'lit';
import { t } from '../i18n/t.js';
import { day } from './moment.js';

export interface Bucket {
  day: string;
  count: number;
}

const WIDTH = 900;
const HEIGHT = 96;
const FOOT = 18;

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
  const marks = [0, 30, 60, 89]
    .filter((index) => index < buckets.length)
    .map((index) => {
      const anchor = index === 0 ? 'start' : index === 89 ? 'end' : 'middle';
      const word = index === 0 ? t('timeline.today') : t('timeline.days', { n: index === 89 ? 90 : index });
      return svg`<text x=${index === 89 ? WIDTH : index * step} y=${HEIGHT + 14} text-anchor=${anchor}>${word}</text>
        <line class="axis" x1=${index * step} x2=${index * step} y1=${HEIGHT} y2=${HEIGHT + 4}/>`;
    });
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="group" aria-label=${options.label}>
    ${svg`<line class="axis" x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT}/>${marks}${bars}`}
  </svg>`;
}
