import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256, zeroBits } from './sha256.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('abc gives the hash of FIPS 180-4', () => {
  assert.equal(hex(sha256(Buffer.from('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('every length around the block edges agrees with OpenSSL', () => {
  for (let length = 0; length < 200; length++) {
    const message = Buffer.alloc(length, length);
    assert.equal(hex(sha256(message)), createHash('sha256').update(message).digest('hex'), `length ${length}`);
  }
});

test('zero bits are counted across bytes', () => {
  assert.equal(zeroBits(Uint8Array.of(0x80)), 0);
  assert.equal(zeroBits(Uint8Array.of(0x01)), 7);
  assert.equal(zeroBits(Uint8Array.of(0, 0, 0x0f)), 20);
  assert.equal(zeroBits(Uint8Array.of(0, 0)), 16);
});
