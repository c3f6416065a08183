import { LANGUAGES, type Language } from '../i18n/t.js';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  theme: Theme;
  density: 'comfortable' | 'compact';
  language?: Language;
  narrowNav: boolean;
  environmentsAs: 'cards' | 'list';
  shortcuts: boolean;
}

const KEY = 'holdfast.preferences';
const DEFAULTS: Preferences = {
  theme: 'system',
  density: 'comfortable',
  narrowNav: false,
  environmentsAs: 'cards',
  shortcuts: true,
};

function read(): Preferences {
  try {
    const stored = { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
    if (stored.language && !(stored.language in LANGUAGES)) delete stored.language;
    return stored;
  } catch {
    return { ...DEFAULTS };
  }
}

let now = read();

/** How this browser shows things; never anything secret. */
export const preferences = (): Readonly<Preferences> => now;

export function prefer(change: Partial<Preferences>): void {
  now = { ...now, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // storage is switched off: it holds until the page closes
  }
  apply();
}

export function apply(): void {
  const root = document.documentElement;
  root.dataset['theme'] = now.theme;
  root.dataset['density'] = now.density;
}
