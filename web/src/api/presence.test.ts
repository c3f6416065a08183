import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlone, watchPresence } from './presence.js';

test('a page is alone a minute after the last sign of somebody', () => {
  const page = new EventTarget();
  watchPresence(page);
  assert.equal(isAlone(Date.now() + 59_000), false);
  assert.equal(isAlone(Date.now() + 61_000), true);

  const later = Date.now() + 600_000;
  const real = Date.now;
  Date.now = () => later;
  try {
    page.dispatchEvent(new Event('keydown'));
  } finally {
    Date.now = real;
  }
  assert.equal(isAlone(later + 59_000), false);
});
