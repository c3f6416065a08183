// Compresses the bundle beside its files, and fails when it outgrows its budget (bytes, gzip -9).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const KB = 1024;
const BUDGET = { shell: 25 * KB, chunk: 25 * KB, css: 12 * KB, font: 17.5 * KB, screens: 150 * KB };

const out = process.argv[2];
const sizes = new Map();
for (const folder of ['', 'assets']) {
  for (const entry of readdirSync(join(out, folder), { withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const path = join(out, folder, entry.name);
    const bytes = readFileSync(path);
    const packed = gzipSync(bytes, { level: 9 });
    sizes.set(join(folder, entry.name), packed.length);
    if (/\.(woff2|png)$/.test(entry.name)) continue;
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    writeFileSync(`${path}.gz`, packed);
    writeFileSync(`${path}.br`, brotli);
  }
}

// What a first visit loads before anybody is signed in: the entry, what it imports statically, the sign-in, one language.
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
const loaded = new Set();
function load(key) {
  const chunk = manifest[key];
  if (!chunk || loaded.has(chunk.file)) return;
  loaded.add(chunk.file);
  for (const next of chunk.imports ?? []) load(next);
}
for (const key of ['index.html', 'src/app/shell.ts', 'src/areas/signin/index.ts']) load(key);
const sum = (files) => [...files].reduce((total, file) => total + (sizes.get(file) ?? 0), 0);

const languages = Object.entries(manifest).filter(([key]) => key.startsWith('src/i18n/')).map(([, chunk]) => chunk.file);
const problems = [];
const check = (what, size, most) => {
  if (size > most) problems.push(`${what}: ${size} bytes gz, at most ${most}`);
};
const shell = sum(loaded);
check('shell and sign-in', shell, BUDGET.shell);
for (const [file, size] of sizes) {
  if (file.endsWith('.js') && !languages.includes(file)) check(file, size, BUDGET.chunk);
  if (file.endsWith('.css')) check(file, size, BUDGET.css);
  if (file.endsWith('.woff2')) check(file, size, BUDGET.font);
}
// Every screen, as one person may load it: nobody reads two languages at once (docs/decisions/0034).
const texts = languages.filter((file) => !file.includes('/keys-')).map((file) => sizes.get(file) ?? 0);
const screens = sum(sizes.keys()) - texts.reduce((total, size) => total + size, 0) + Math.max(...texts);
check('every screen in one language', screens, BUDGET.screens);
console.log(`web: shell and sign-in ${(shell / KB).toFixed(1)} KB gz, every screen in one language ${(screens / KB).toFixed(1)} KB gz`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
