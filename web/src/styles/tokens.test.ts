import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync('src/styles/tokens.css', 'utf8'); // tests run in web/
const contract = readFileSync('../openapi.yaml', 'utf8');

/** WCAG 2.2 AA for text. */
const LEAST = 4.5;

type Tokens = Record<string, [light: string, dark: string]>;

function tokens(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  assert.notEqual(start, -1, selector);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name, light, dark]) => [name!, [light!, dark!]]));
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.slice(1).replaceAll(/./g, '$&$&').match(/../g)! : colour.slice(1).match(/../g)!;
  const [red, green, blue] = digits.map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function accents(): string[] {
  const [, listed] = /^ {4}Accent: \{ type: string, enum: \[([\w, ]+)\]/m.exec(contract)!;
  return listed!.split(', ');
}

test('every accent is readable wherever it stands, in light and dark', () => {
  const usual = tokens(':root');
  const pairs = [
    ...['bg', 'surface', 'surface-2', 'selected', 'info-soft'].map((ground) => ['accent', ground]),
    ...['accent', 'accent-hover'].map((ground) => ['accent-text', ground]),
    ...['text', 'muted', 'ok', 'warn', 'bad'].map((ink) => [ink, 'selected']),
  ] as Array<[string, string]>;
  for (const accent of accents()) {
    const own = accent === 'BLUE' ? {} : tokens(`:root[data-accent='${accent}']`);
    const all = { ...usual, ...own };
    for (const [ink, ground] of pairs) {
      for (const [index, theme] of ['light', 'dark'].entries()) {
        const found = contrast(all[ink]![index]!, all[ground]![index]!);
        assert.ok(found >= LEAST, `${accent}, ${theme}: --${ink} on --${ground} is ${found.toFixed(2)}:1`);
      }
    }
  }
});

test('the accents of the contract are told apart by their colour', () => {
  const usual = tokens(':root')['accent'];
  const all = accents().map((accent) => String(accent === 'BLUE' ? usual : tokens(`:root[data-accent='${accent}']`)['accent']));
  assert.equal(new Set(all).size, all.length);
});

test('high contrast has an accent of its own', () => {
  const own = tokens(":root[data-theme='contrast']");
  for (const name of ['accent', 'accent-hover', 'selected']) assert.ok(own[name], name);
});
