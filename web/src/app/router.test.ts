import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match, ownPage } from './router.js';

test('a named segment becomes a parameter', () => {
  assert.deepEqual(match('/environments/:id/:tab', '/environments/a%20b/sync-log'), { id: 'a b', tab: 'sync-log' });
});

test('another number of segments is no match, a slash at the end is', () => {
  assert.equal(match('/environments/:id', '/environments'), undefined);
  assert.equal(match('/environments/:id', '/environments/'), undefined);
  assert.deepEqual(match('/environments', '/environments/'), {});
});

test('only a page of this origin is a place to go to after signing in', () => {
  const origin = 'https://holdfast.example';
  assert.equal(ownPage('/environments/1/settings?x=1', origin), '/environments/1/settings?x=1');
  for (const foreign of [null, '', 'users', '//evil.example/', '/\\evil.example', '/\t/evil.example', 'https://evil.example/', '/api/me', '/login', '/logout']) {
    assert.equal(ownPage(foreign, origin), undefined, String(foreign));
  }
});
