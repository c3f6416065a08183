import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, format } from './t.js';

test('a plural is chosen by n, and numbers are written as the language does', () => {
  const message = { one: '{n} Umgebung', other: '{n} Umgebungen' };
  assert.equal(format(message, { n: 1 }, 'de'), '1 Umgebung');
  assert.equal(format(message, { n: 12345 }, 'de'), '12.345 Umgebungen');
});

test('a missing value stays visible', () => {
  assert.equal(format('{a} and {b}', { a: 'x' }, 'en'), 'x and {b}');
});

test('the first known language wins, else English', () => {
  assert.equal(choose(['fr-FR', 'de-AT', 'en']), 'de');
  assert.equal(choose(['fr']), 'en');
});
