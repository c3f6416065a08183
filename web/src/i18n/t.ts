import type { en } from './en.js';

/** A text, or one text per plural form. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Record<string, Message>;
export type Key = keyof typeof en;
export type Values = Record<string, string | number>;

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

// generated: the keys travel once, the texts of a language in their order
const KEYS = async () => (await import('./texts/keys.json')).default;
const TEXTS: Record<Language, () => Promise<Message[]>> = {
  en: async () => (await import('./texts/en.json')).default as Message[],
  de: async () => (await import('./texts/de.json')).default as Message[],
};

let current: Language = 'en';
let messages: Messages = {};

export const language = (): Language => current;

/** Picks the first language of `wanted` that exists. */
export function choose(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.split('-')[0] as Language;
    if (base in LANGUAGES) return base;
  }
  return 'en';
}

export async function setLanguage(next: Language): Promise<void> {
  const [keys, texts] = await Promise.all([KEYS(), TEXTS[next]()]);
  messages = Object.fromEntries(keys.map((key, place) => [key, texts[place] ?? key]));
  current = next;
}

/** Fills `{name}` places; a plural is chosen by the value `n`. */
export function format(message: Message, values: Values, locale: string): string {
  const text =
    typeof message === 'string'
      ? message
      : (message[new Intl.PluralRules(locale).select(Number(values['n']))] ?? message.other ?? '');
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

/** The text of a key in the user's language. */
export function t(key: Key, values: Values = {}): string {
  const message = messages[key];
  return message === undefined ? key : format(message, values, current);
}

/** The text of a key made at run time, for example from a problem's code; the fallback where there is none. */
export function tryText(key: string, fallback: string, values: Values = {}): string {
  const message = messages[key];
  return message === undefined ? fallback : format(message, values, current);
}
