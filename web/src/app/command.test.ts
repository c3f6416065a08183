import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandFor } from './command.js';

const place = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'https://vault.example.org');
  return commandFor(pathname, searchParams);
};

test('a screen is the command that shows the same', () => {
  assert.equal(place('/dashboard'), 'holdfast status');
  assert.equal(place('/environments?q=sfo&status=OK'), 'holdfast env list --search=sfo --status=OK');
  assert.equal(
    place('/environments/0198c0de-0000-7000-8000-000000000001?domain=m01&domain=w%201&sort=-expires&item=7'),
    `holdfast credential list --sort=-expires --domain=m01 '--domain=w 1' 0198c0de-0000-7000-8000-000000000001`,
  );
  assert.equal(place('/environments/e1/sync-log?item=9'), 'holdfast env runs e1');
  assert.equal(place('/audit?type=credential.&q='), 'holdfast audit search --type=credential.');
  assert.match(place('/audit?from=2026-01-05') ?? '', /--from=2026-01-0[45]T\d\d:00:00\.000Z$/);
  assert.equal(place('/nowhere'), undefined);
});

test('what was typed into a search cannot become another command', () => {
  assert.equal(place(`/users?q=${encodeURIComponent(`a'; rm -rf $HOME #`)}`), String.raw`holdfast user list '--search=a'\''; rm -rf $HOME #'`);
});

test('every command and option is one that the program has', () => {
  const manual = readFileSync('../docs/commands.md', 'utf8'); // tests run in web/
  const everything = new URLSearchParams(
    'q=a&sort=a&status=a&type=a&actor=a&resource=a&outcome=a&severity=a&from=2026-01-01&to=2026-01-01&role=a&state=a&user=a' +
      '&resourceType=a&credentialType=a&accountType=a&domain=a&source=a&expiry=a&drift=a',
  );
  const places = ['/dashboard', '/environments', '/credentials', '/environments/e', '/environments/e/sync-log', '/environments/e/settings'];
  places.push('/audit', '/jobs', '/users', '/tokens', '/system/health', '/settings', '/me');
  for (const path of places) {
    const [, ...words] = (commandFor(path, everything) ?? '').split(' ');
    const name = words.filter((word) => !word.startsWith('-') && word !== 'e').join(' ');
    const [, section] = manual.split(`\n## holdfast ${name}\n`);
    assert.ok(section, `holdfast ${name}`);
    const usage = section.split('\n## ')[0] ?? '';
    for (const option of words.filter((word) => word.startsWith('--'))) {
      assert.ok(usage.includes(`${option.split('=')[0]}=VALUE`), `holdfast ${name} ${option}`);
    }
  }
});
