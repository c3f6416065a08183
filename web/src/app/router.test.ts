import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match } from './router.js';

test('a named segment becomes a parameter', () => {
  assert.deepEqual(match('/environments/:id/:tab', '/environments/a%20b/sync-log'), { id: 'a b', tab: 'sync-log' });
});

test('another number of segments is no match, a slash at the end is', () => {
  assert.equal(match('/environments/:id', '/environments'), undefined);
  assert.equal(match('/environments/:id', '/environments/'), undefined);
  assert.deepEqual(match('/environments', '/environments/'), {});
});
