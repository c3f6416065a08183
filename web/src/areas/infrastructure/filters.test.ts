import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverQuery } from './filters.js';

test('the address of the page becomes the query of the server', () => {
  const query = new URLSearchParams('q=root&sort=-expires&domain=m01&domain=w01&item=7&unknown=1');
  assert.deepEqual(serverQuery(query), { q: 'root', sort: '-expires', domain: ['m01', 'w01'] });
});

test("what asks for attention is the server's to say", () => {
  assert.deepEqual(serverQuery(new URLSearchParams('drift=attention')), { drift: ['attention'] });
});
