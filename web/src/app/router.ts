import type { Permission } from '../api/schema.js';
import type { Key } from '../i18n/t.js';

export interface Route {
  /** Segments; `:name` stands for one. */
  path: string;
  /** The page's custom element, defined by what `load` imports. */
  tag: string;
  load: () => Promise<unknown>;
  heading: Key;
  needs?: Permission;
}

export interface Place {
  route: Route;
  params: Record<string, string>;
  query: URLSearchParams;
}

/** The parameters when `path` has the form of `pattern`. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      if (!value) return undefined;
      params[segment.slice(1)] = decodeURIComponent(value);
    } else if (segment !== value) return undefined;
  }
  return params;
}

export function find(routes: readonly Route[], path: string): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return undefined;
}

type Navigated = (focus: boolean) => void;
let navigated: Navigated = () => {};

/** Goes to an address of this application. */
export function go(href: string, options: { replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  const samePage = new URL(href, location.origin).pathname === location.pathname;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', href);
  navigated(!samePage);
}

/** The present address with other query values; an empty value removes its name. */
export function withQuery(change: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    query.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  const text = query.toString();
  return text ? `${location.pathname}?${text}` : location.pathname;
}

function internal(event: MouseEvent): URL | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  const raw = link?.getAttribute('href') ?? (link as unknown as SVGAElement | null)?.href?.baseVal;
  if (!link || !raw || link.hasAttribute('download') || link.getAttribute('target')) return;
  const url = new URL(raw, location.href);
  return url.origin === location.origin && !url.pathname.startsWith('/api/') && !url.hash ? url : undefined;
}

export function startRouter(action: Navigated): void {
  navigated = action;
  addEventListener('popstate', () => navigated(true));
  document.addEventListener('click', (event) => {
    const url = internal(event);
    if (!url) return;
    event.preventDefault();
    go(url.pathname + url.search);
  });
}

/** A wanted address as far as it is a page of this application; nothing for any other. */
export function ownPage(wanted: string | null, origin: string): string | undefined {
  if (!wanted?.startsWith('/')) return undefined;
  try {
    const url = new URL(wanted, origin);
    return url.origin === origin && !/^\/(api|login|logout)(\/|$)/.test(url.pathname) ? url.pathname + url.search : undefined;
  } catch {
    return undefined;
  }
}
