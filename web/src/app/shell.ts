import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Refused } from '../api/client.js';
import { live } from '../api/live.js';
import { sentence } from '../api/problems.js';
import { button } from '../base/button.js';
import { LightElement } from '../base/element.js';
import { emptyState, failure, skeleton } from '../base/feedback.js';
import { closeAll, show } from '../base/modal.js';
import { hideSecret } from '../base/secret.js';
import '../base/toast.js';
import { t } from '../i18n/t.js';
import { navigation } from './nav.js';
import type { Page } from './page.js';
import { preferences, prefer } from './preferences.js';
import { find, go, ownPage, startRouter } from './router.js';
import { forward, ROUTES } from './routes.js';
import { session } from './session.js';
import { startShortcuts } from './shortcuts.js';
import { signOut, topbar } from './topbar.js';

type View = 'starting' | 'sign-in' | 'sign-out' | 'page' | 'missing' | 'forbidden' | { failure: unknown };

const palette = () => import('./palette.js');
const openPalette = () => void palette().then((loaded) => loaded.openPalette());
const openHelp = () => void import('./help.js').then(({ Help }) => show(new Help()));

/** The frame: header, navigation, and the page that belongs to the address. */
@customElement('app-shell')
export class Shell extends LightElement {
  @state() private view: View = 'starting';
  @state() private page: Page | undefined;
  #wanted = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    session.watch(() => void this.navigate(false));
    live.watch(() => this.requestUpdate());
    startRouter((focus) => void this.navigate(focus));
    startShortcuts({ palette: openPalette, help: openHelp, signedIn: () => this.view !== 'sign-in' });
    void this.navigate(false);
  }

  /** Shows what the address says, as far as this user may. */
  private async navigate(focus: boolean): Promise<void> {
    const wanted = ++this.#wanted;
    hideSecret();
    if (!session.me) {
      closeAll();
      await import('../areas/signin/index.js');
      this.page = undefined;
      this.view = 'sign-in';
      return;
    }
    const next = session.me.mustChangePassword ? '/me' : (this.afterSignIn() ?? forward(location.pathname));
    if (next && next !== location.pathname) history.replaceState(null, '', next);
    if (location.pathname === '/logout') {
      this.leavePage('sign-out');
      return;
    }
    const found = find(ROUTES, location.pathname);
    if (!found) {
      this.leavePage('missing');
      return;
    }
    if (found.route.needs && !session.can(found.route.needs)) {
      this.leavePage('forbidden');
      return;
    }
    const samePage = this.page?.localName === found.route.tag;
    if (!samePage) closeAll();
    try {
      await found.route.load();
    } catch (reason) {
      this.leavePage({ failure: reason });
      return;
    }
    if (wanted !== this.#wanted) return;
    this.open(found.route.tag, found.params, samePage);
    if (!samePage) document.title = `${t(found.route.heading)} · Holdfast`;
    setTimeout(palette, 1_000); // so that what is typed right after `/` lands in it
    if (focus && !samePage) await this.focusHeading();
  }

  private afterSignIn(): string | undefined {
    if (location.pathname !== '/login') return undefined;
    return ownPage(new URLSearchParams(location.search).get('next'), location.origin);
  }

  private open(tag: string, params: Record<string, string>, samePage: boolean): void {
    const page = samePage ? this.page! : (document.createElement(tag) as Page);
    if (JSON.stringify(page.params) !== JSON.stringify(params) || !samePage) page.params = params;
    page.query = new URLSearchParams(location.search);
    this.page = page;
    this.view = 'page';
  }

  private leavePage(view: View): void {
    this.page = undefined;
    this.view = view;
  }

  private async focusHeading(): Promise<void> {
    await this.updateComplete;
    await this.page?.updateComplete;
    (this.querySelector<HTMLElement>('main h1') ?? this.querySelector<HTMLElement>('main'))?.focus();
    this.querySelector('main')?.scrollTo(0, 0);
  }

  private body() {
    const { view } = this;
    if (typeof view === 'object') {
      const text = view.failure instanceof Refused ? sentence(view.failure) : t('shell.outdated');
      return html`<div class="page">${failure(text, () => location.reload())}</div>`;
    }
    switch (view) {
      case 'page':
        return this.page;
      case 'missing':
        return html`<div class="page">
          ${emptyState({ title: t('missing.title'), text: t('missing.text'), shape: 'search', action: html`<a href="/dashboard">${t('nav.overview')}</a>` })}
        </div>`;
      case 'sign-out': {
        const action = button({ label: t('action.sign-out'), icon: 'exit', kind: 'primary', onClick: () => void signOut() });
        return html`<div class="page">${emptyState({ title: t('signout.title'), shape: 'exit', action })}</div>`;
      }
      case 'forbidden':
        return html`<div class="page">${emptyState({ title: t('forbidden.title'), text: t('forbidden.text'), shape: 'lock' })}</div>`;
      default:
        return html`<div class="page">${skeleton()}</div>`;
    }
  }

  private fold() {
    const narrow = preferences().narrowNav;
    const label = narrow ? t('shell.unfold') : t('shell.fold');
    return html`<button
      type="button"
      class="button quiet fold"
      aria-label=${label}
      @click=${() => {
        prefer({ narrowNav: !narrow });
        this.requestUpdate();
      }}
    >
      ${narrow ? '»' : '«'}<span class="word">${label}</span>
    </button>`;
  }

  private navDrawer() {
    const close = () => this.querySelector<HTMLDialogElement>('.nav-drawer')?.close();
    return html`<dialog class="nav-drawer" aria-label=${t('shell.navigation')} @click=${(event: Event) =>
      event.target instanceof Element && (event.target.closest('a') || event.target.matches('dialog')) && close()}>
      <div class="row">
        ${button({ label: t('action.close'), icon: 'close', bare: true, kind: 'quiet', onClick: close })}
      </div>
      ${navigation(location.pathname)}
    </dialog>`;
  }

  protected override render() {
    if (this.view === 'sign-in') return html`<sign-in-page></sign-in-page><ui-toasts></ui-toasts>`;
    if (!session.me) return nothing;
    return html`<a class="button skip" href="#main" @click=${(event: Event) => {
        event.preventDefault();
        this.querySelector<HTMLElement>('main')?.focus();
      }}>${t('shell.skip')}</a>
      <div class="frame ${preferences().narrowNav ? 'narrow-nav' : ''}">
        ${topbar({
          openNav: () => this.querySelector<HTMLDialogElement>('.nav-drawer')?.showModal(),
          openPalette,
          redraw: () => this.requestUpdate(),
        })}
        ${navigation(location.pathname, this.fold())}
        <main id="main" tabindex="-1">${this.body()}</main>
      </div>
      ${this.navDrawer()}<ui-toasts></ui-toasts>`;
  }
}

/** Where to come back to after signing in. */
export function rememberPlace(): void {
  const here = location.pathname + location.search;
  if (!['/', '/login', '/logout'].includes(location.pathname)) go(`/login?next=${encodeURIComponent(here)}`, { replace: true });
  else if (location.pathname !== '/login') go('/login', { replace: true });
}

// The page's code travels while the server says who asks; one that cannot be had is asked for again when it is to be shown.
void find(ROUTES, forward(location.pathname) ?? location.pathname)
  ?.route.load()
  .catch(() => {});
