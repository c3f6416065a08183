import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, fileName } from './client.js';

test('places are encoded and lists repeat', () => {
  assert.equal(
    address('/api/environments/{id}/credentials', { id: 'a/b' }, { q: 'x&y', domain: ['m 1', 'w1'], offset: 0, cursor: undefined, sort: '' }),
    '/api/environments/a%2Fb/credentials?q=x%26y&domain=m+1&domain=w1&offset=0',
  );
});

test('the extended file name wins', () => {
  assert.equal(fileName(`attachment; filename="a.csv"; filename*=UTF-8''m%C3%BCnchen.csv`), 'münchen.csv');
  assert.equal(fileName('attachment; filename="sfo-m01.csv"'), 'sfo-m01.csv');
  assert.equal(fileName('inline'), undefined);
});
