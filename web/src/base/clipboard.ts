const KEPT = 30_000; // milliseconds a copied value stays in the clipboard

let timer = 0;
let holds = false;

/** Copies a secret and empties the clipboard after 30 s; a page can do so only while it has the focus. */
export async function copySecret(value: string): Promise<void> {
  await navigator.clipboard.writeText(value);
  holds = true;
  clearTimeout(timer);
  timer = window.setTimeout(() => void emptyClipboard(), KEPT);
}

/** Empties the clipboard when it may still hold a secret of ours; without focus it is done when the focus returns. */
export async function emptyClipboard(): Promise<void> {
  clearTimeout(timer);
  if (!holds) return;
  if (!document.hasFocus()) {
    addEventListener('focus', () => void emptyClipboard(), { once: true });
    return;
  }
  try {
    await navigator.clipboard.writeText('');
    holds = false;
  } catch {
    // the browser refuses: nothing more a page can do
  }
}
