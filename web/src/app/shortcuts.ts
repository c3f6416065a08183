import { preferences } from './preferences.js';
import { entries } from './nav.js';
import { go } from './router.js';

const CHAIN = 1_200; // milliseconds between `g` and its letter

/** `/` and Ctrl+K for the palette, `g` and a letter for an area, `n` for the page's main action, `?` for help. */
export function startShortcuts(actions: { palette: () => void; help: () => void; signedIn: () => boolean }): void {
  let chained = 0;
  addEventListener('keydown', (event) => {
    if (!actions.signedIn() || document.querySelector('dialog[open]')) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      actions.palette();
      return;
    }
    const target = event.target as HTMLElement;
    if (!preferences().shortcuts || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest('input, textarea, select, [role=menu]')) return;
    if (chained && Date.now() - chained < CHAIN) {
      chained = 0;
      const entry = entries().find(({ letter }) => letter === event.key);
      if (entry) go(entry.path);
      return;
    }
    chained = 0;
    if (event.key === 'g') chained = Date.now();
    else if (event.key === '?') actions.help();
    else if (event.key === 'n') document.querySelector<HTMLElement>('.page-head .button.primary')?.click();
    else if (event.key === '/') {
      event.preventDefault();
      actions.palette();
    }
  });
}
