import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, write } from './source-draft.js';

test('an untouched password is not sent', () => {
  assert.ok(!('password' in write(draft('SDDC_MANAGER'))));
  assert.equal(write({ ...draft('SDDC_MANAGER'), password: 'x' }).password, 'x');
});

test('only the chosen trust is sent', () => {
  const form = { ...draft('INSTALLER'), mode: 'SYSTEM' as const, fingerprint: 'AA', caPem: 'PEM' };
  assert.deepEqual(write(form).trust, { mode: 'SYSTEM' });
  assert.deepEqual(write({ ...form, mode: 'PIN' }).trust, { mode: 'PIN', fingerprint: 'AA' });
});

test('the Installer is read by hand only, SDDC Manager each hour', () => {
  assert.equal(write(draft('INSTALLER')).scheduleMinutes, 0);
  assert.equal(write(draft('SDDC_MANAGER')).scheduleMinutes, 60);
});
