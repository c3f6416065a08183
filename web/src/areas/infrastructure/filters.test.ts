import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverQuery } from './filters.js';

test('the address of the page becomes the query of the server', () => {
  const query = new URLSearchParams('q=root&sort=-expires&domain=m01&domain=w01&item=7&unknown=1');
  assert.deepEqual(serverQuery(query), { q: 'root', sort: '-expires', domain: ['m01', 'w01'] });
});

test('attention stands for every finding that asks for it', () => {
  const { drift } = serverQuery(new URLSearchParams('drift=attention'));
  assert.ok(drift?.includes('STILL_BRING_UP'));
  assert.ok(!drift?.includes('CHANGED_SINCE_BRING_UP'));
});
