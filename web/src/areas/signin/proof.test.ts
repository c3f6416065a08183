import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { solve } from './proof.js';

test('a solved proof begins with enough zero bits', () => {
  const nonce = solve('v1.0198c0de.ünïcode', 12);
  const hash = createHash('sha256').update(`v1.0198c0de.ünïcode:${nonce}`).digest();
  assert.equal(hash.readUInt16BE(0) >> 4, 0);
  assert.ok(nonce.length <= 64);
});
