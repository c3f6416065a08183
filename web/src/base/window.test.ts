import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CursorRows, OffsetRows } from './window.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a jump fetches only the windows that are looked at, once', async () => {
  const asked: number[] = [];
  const rows = new OffsetRows<number>(async (offset, limit) => {
    asked.push(offset);
    return { items: Array.from({ length: limit }, (_, index) => offset + index), total: 10_000 };
  });
  rows.want(9_390, 9_410);
  rows.want(9_390, 9_410);
  await settled();
  assert.deepEqual(asked, [9_200, 9_400]);
  assert.equal(rows.get(9_405), 9_405);
  assert.equal(rows.get(0), undefined);
  assert.equal(rows.total, 10_000);
});

test('after refresh the old rows stay until the new ones are here', async () => {
  let turn = 0;
  const rows = new OffsetRows<string>(async () => ({ items: [`turn ${++turn}`], total: 1 }));
  rows.want(0, 0);
  await settled();
  rows.refresh();
  rows.want(0, 0);
  assert.equal(rows.get(0), 'turn 1');
  await settled();
  assert.equal(rows.get(0), 'turn 2');
});

test('a failed window can be asked for again', async () => {
  let broken = true;
  const rows = new OffsetRows<number>(async () => {
    if (broken) throw new Error('down');
    return { items: [1], total: 1 };
  });
  rows.want(0, 0);
  await settled();
  assert.ok(rows.failure);
  broken = false;
  rows.want(0, 0);
  await settled();
  assert.equal(rows.failure, undefined);
  assert.equal(rows.get(0), 1);
});

test('a cursor is followed to its end', async () => {
  const rows = new CursorRows<number>(async (cursor) => {
    const from = Number(cursor ?? 0);
    return { items: [from, from + 1], total: 4, ...(from === 0 && { next: '2' }) };
  });
  rows.want(0, 10);
  await settled();
  rows.want(0, 10);
  await settled();
  rows.want(0, 10);
  assert.deepEqual(rows.rows, [0, 1, 2, 3]);
  assert.equal(rows.total, 4);
});
