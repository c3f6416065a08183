import { toast, toastFailure } from '../base/toast.js';
import { t } from '../i18n/t.js';
import { commandFor } from './command.js';

/** Every screen can be had on a terminal too. */
export async function copyCommand(): Promise<void> {
  const command = commandFor(location.pathname, new URLSearchParams(location.search));
  if (!command) return;
  try {
    await navigator.clipboard.writeText(command);
    toast(t('shell.command-copied', { command }));
  } catch {
    toastFailure(t('secret.cannot-copy'));
  }
}
