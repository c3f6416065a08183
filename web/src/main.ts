import './styles/index.css';
import { call, onSignedOut, Refused } from './api/client.js';
import { watchPresence } from './api/presence.js';
import { apply, preferences } from './app/preferences.js';
import { session } from './app/session.js';
import { startTips } from './base/tip.js';
import { choose, setLanguage } from './i18n/t.js';

async function start(): Promise<void> {
  apply();
  const language = preferences().language ?? choose(navigator.languages);
  document.documentElement.lang = language;
  if (location.pathname === '/link') {
    await Promise.all([setLanguage(language), import('./areas/link/index.js')]);
    document.body.prepend(document.createElement('link-page'));
    return;
  }
  const [, info, me, { rememberPlace }] = await Promise.all([
    setLanguage(language),
    call('GET /api/system/info').catch(() => undefined),
    call('GET /api/me').catch((failure: unknown) => failure),
    import('./app/shell.js'),
  ]);
  session.info = info;
  onSignedOut(() => {
    if (!session.me) return;
    rememberPlace();
    session.leave();
  });
  if (me instanceof Refused) rememberPlace();
  else session.enter(me as Exclude<typeof me, unknown>);
  watchPresence(window);
  startTips();
  document.body.prepend(document.createElement('app-shell'));
}

void start();
