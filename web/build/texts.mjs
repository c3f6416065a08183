// Writes src/i18n/texts/: the keys once, and the texts of each language in their order, so that keys travel once for all languages.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../src/i18n/', import.meta.url).pathname;
const read = (language) =>
  Object.assign({}, ...readdirSync(join(root, language)).map((file) => JSON.parse(readFileSync(join(root, language, file), 'utf8'))));

mkdirSync(join(root, 'texts'), { recursive: true });
const write = (name, list) => writeFileSync(join(root, 'texts', `${name}.json`), JSON.stringify(list));
const keys = Object.keys(read('en')).toSorted();
write('keys', keys);
for (const language of ['en', 'de']) {
  const texts = read(language);
  write(language, keys.map((key) => texts[key] ?? key)); // a missing one is what the linter finds
}
