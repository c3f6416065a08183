import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relative, took } from './moment.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');

test('times are told by their largest unit, rounded towards now, years to the nearest', () => {
  assert.equal(relative('2026-11-24T11:59:30Z', NOW, 'en'), 'now');
  assert.equal(relative('2026-11-24T10:01:00Z', NOW, 'en'), '1 hour ago');
  assert.equal(relative('2026-12-06T12:00:00Z', NOW, 'en'), 'in 12 days');
  assert.equal(relative('2024-11-01T12:00:00Z', NOW, 'en'), '2 years ago');
  assert.equal(relative('2028-11-22T12:00:00Z', NOW, 'en'), 'in 2 years');
});

test('how long something took is told by its unit', () => {
  const start = '2026-11-24T12:00:00.000Z';
  assert.equal(took(start, '2026-11-24T12:00:00.140Z', 'en'), '140 ms');
  assert.equal(took(start, '2026-11-24T12:00:03.240Z', 'en'), '3.2 sec');
  assert.equal(took(start, '2026-11-24T12:04:00.000Z', 'en'), '4 min');
});
