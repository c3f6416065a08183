import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventCutter } from './stream.js';

test('a message cut anywhere arrives whole', () => {
  const text = 'id: 7\nevent: credential.reveal\ndata: {"a":1}\n\n: still here\n\nid: 8\ndata: x\ndata: y\n\n';
  for (let cut = 0; cut <= text.length; cut++) {
    const cutter = new EventCutter();
    const messages = [...cutter.push(text.slice(0, cut)), ...cutter.push(text.slice(cut))];
    assert.deepEqual(messages, [
      { id: '7', event: 'credential.reveal', data: '{"a":1}' },
      { id: '8', event: 'message', data: 'x\ny' },
    ]);
  }
});

test('a gap needs no data', () => {
  assert.deepEqual(new EventCutter().push('event: gap\n\n'), [{ id: '', event: 'gap', data: '' }]);
});

test('carriage returns end lines too, also when cut between the two', () => {
  const cutter = new EventCutter();
  const messages = [...cutter.push('data: x\r'), ...cutter.push('\ndata: y\r'), ...cutter.push('\n\r\n')];
  assert.deepEqual(messages, [{ id: '', event: 'message', data: 'x\ny' }]);
});
