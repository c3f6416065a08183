// Rules no linter brings: what the page's policy forbids, and what keeps the code in rooms.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = new URL('../src/', import.meta.url).pathname;
const MOST_LINES = 400;
const RULES = [
  [/\sstyle="|\sstyle=\$\{|styleMap/, 'violates style-src: use styled()'],
  [/\binnerHTML\b|\bouterHTML\b|unsafeHTML|insertAdjacentHTML/, 'writes markup: use a template'],
  [/new Worker\(new URL/, 'is a Trusted Types sink: use startWorker()'],
  [/\bdocument\.cookie\b/, 'the session cookie is not for scripts'],
];

const findings = [];
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name === 'schema.ts') continue;
  const path = join(entry.parentPath, entry.name);
  const name = relative(root, path);
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.length > MOST_LINES) findings.push(`${name}: ${lines.length} lines, at most ${MOST_LINES}`);
  for (const [index, line] of lines.entries()) {
    for (const [pattern, why] of RULES) if (pattern.test(line)) findings.push(`${name}:${index + 1}: ${why}`);
    if (name.startsWith('base/') && /from '\.\.\/(app|areas)\//.test(line)) findings.push(`${name}:${index + 1}: base knows no product`);
  }
}
const read = (language) =>
  Object.assign(
    {},
    ...readdirSync(join(root, 'i18n', language)).map((file) => JSON.parse(readFileSync(join(root, 'i18n', language, file), 'utf8'))),
  );
const [en, de] = [read('en'), read('de')];
const places = (message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].toSorted().join();
for (const key of Object.keys(en)) {
  if (!(key in de)) findings.push(`i18n: ${key} is missing in de`);
  else if (places(en[key]) !== places(de[key])) findings.push(`i18n: ${key} has other places in de`);
}
for (const key of Object.keys(de)) if (!(key in en)) findings.push(`i18n: ${key} is missing in en`);

if (findings.length > 0) {
  console.error(findings.join('\n'));
  process.exit(1);
}
