import { html, nothing, type TemplateResult } from 'lit';
import { live } from '../api/live.js';
import { sentence } from '../api/problems.js';
import { button } from '../base/button.js';
import { icon, type IconName } from '../base/icon.js';
import type { MenuItem } from '../base/menu.js';
import '../base/menu.js';
import { toastFailure } from '../base/toast.js';
import { LANGUAGES, language, t, type Language } from '../i18n/t.js';
import { logo } from './logo.js';
import { preferences, prefer, THEMES, type Theme } from './preferences.js';
import { session } from './session.js';

const THEME_ICONS: Record<Theme, IconName> = { system: 'monitor', light: 'sun', dark: 'moon', contrast: 'contrast' };

function themes(redraw: () => void): MenuItem[] {
  const { theme, density } = preferences();
  return [
    ...THEMES.map((one) => ({
      label: t(`theme.${one}`),
      icon: THEME_ICONS[one],
      checked: one === theme,
      onSelect: () => {
        prefer({ theme: one });
        redraw();
      },
    })),
    ...(['comfortable', 'compact'] as const).map((one, index) => ({
      label: t(`density.${one}`),
      icon: (index === 0 ? 'menu' : 'list') as IconName,
      checked: one === density,
      apart: index === 0,
      onSelect: () => {
        prefer({ density: one });
        redraw();
      },
    })),
  ];
}

function languages(): MenuItem[] {
  return Object.entries(LANGUAGES).map(([code, label], index) => ({
    label,
    checked: code === language(),
    apart: index === 0,
    onSelect: () => {
      prefer({ language: code as Language });
      location.reload();
    },
  }));
}

export async function signOut(): Promise<void> {
  try {
    await session.signOut();
    history.replaceState(null, '', '/login');
  } catch (failure) {
    toastFailure(sentence(failure));
  }
}

export function topbar(actions: { openNav: () => void; openPalette: () => void; redraw: () => void }): TemplateResult {
  const me = session.me!;
  const user: MenuItem[] = [
    { label: t('nav.me'), icon: 'user', href: '/me' },
    ...languages(),
    { label: t('shell.copy-command'), icon: 'copy', apart: true, onSelect: () => void import('./copy-command.js').then(({ copyCommand }) => copyCommand()) },
    { label: t('action.sign-out'), icon: 'exit', apart: true, onSelect: () => void signOut() },
  ];
  return html`<header class="topbar">
    <span class="only-small">
      ${button({ label: t('shell.navigation'), icon: 'menu', bare: true, kind: 'quiet', onClick: actions.openNav })}
    </span>
    <a class="brand" href="/dashboard" aria-label=${`Holdfast, ${t('nav.overview')}`}>${logo()}<span class="only-large">Holdfast</span></a>
    ${me.tenants.length > 1 ? (void import('./tenant-menu.js'), html`<tenant-menu></tenant-menu>`) : nothing}
    <button type="button" class="button jump" aria-label=${t('shell.search')} aria-keyshortcuts="/ Control+K" @click=${actions.openPalette}>
      ${icon('search')}<span class="clip">${t('shell.search')}</span><kbd class="only-large">/</kbd>
    </button>
    ${live.state === 'lost'
      ? html`<span role="status" data-tip=${t('live.lost')} tabindex="0">${icon('warning', t('live.lost'))}</span>`
      : nothing}
    <ui-menu
      .items=${themes(actions.redraw)}
      label=${t('shell.theme')}
      shape=${THEME_ICONS[preferences().theme]}
      kind="quiet"
    ></ui-menu>
    <ui-menu .items=${user} label=${t('shell.user', { name: me.username })} word=${me.username} shape="user"></ui-menu>
  </header>`;
}
