import { isAlone } from './presence.js';
import type { Operations, Problem } from './schema.js';

type Answer<O extends keyof Operations> = Operations[O]['answer'];
type Given<K extends string, V> = V extends undefined ? { [key in K]?: undefined } : { [key in K]: V };
type Query<V> = V extends undefined ? { query?: undefined } : object extends V ? { query?: V } : { query: V };

/** One operation at a time: over all of them together the parts would be multiplied out. */
export type Options<O extends keyof Operations> = O extends unknown
  ? Given<'path', Operations[O]['path']> &
      Query<Operations[O]['query']> &
      Given<'body', Operations[O]['body']> & {
        /** The version that was seen, for `If-Match`. */
        version?: number;
        signal?: AbortSignal;
      }
  : never;

type Arguments<O extends keyof Operations> = object extends Options<O> ? [Options<O>?] : [Options<O>];

/** A refused or failed call; `code` is `network` when no answer came at all. */
export class Refused extends Error {
  readonly code: Problem['code'] | 'network';

  constructor(readonly problem: Omit<Problem, 'code'> & { code: Problem['code'] | 'network' }) {
    super(problem.detail || problem.title);
    this.code = problem.code;
  }

  static network(): Refused {
    return new Refused({ type: 'about:blank', title: '', status: 0, detail: '', code: 'network', instance: '' });
  }
}

type Loose = { path?: unknown; query?: unknown; body?: unknown; version?: number; signal?: AbortSignal };

/** The address of an operation with its places filled in. */
export function address(path: string, places: object = {}, query: object = {}): string {
  const values = new Map(Object.entries(places));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

let whenSignedOut = () => {};

/** Called when the server no longer knows the session. */
export function onSignedOut(action: () => void): void {
  whenSignedOut = action;
}

/** The server does not know the session any more. */
export function signedOut(): void {
  whenSignedOut();
}

const PLACE = 'holdfast-tenant';

/** From the next page on, calls go to this tenant; until the tab is closed. */
export const inTenant = (name: string): void => sessionStorage.setItem(PLACE, name);

/** The same path in the tenant that was chosen; what belongs to no tenant stays. */
export function placed(path: string): string {
  const tenant = sessionStorage.getItem(PLACE);
  return tenant && !/^\/api\/(auth|setup|ping|system\/info)\b/.test(path) ? path.replace('/api', `/api/t/${tenant}`) : path;
}

async function send(operation: string, options: Loose): Promise<Response> {
  const [method, path] = operation.split(' ') as [string, string];
  const headers = new Headers({ Accept: 'application/json, application/problem+json, */*' });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`);
  if (isAlone()) headers.set('X-Background', '1');
  let response: Response;
  try {
    response = await fetch(address(placed(path), options.path ?? {}, options.query ?? {}), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal ?? null,
    });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw Refused.network();
  }
  if (response.ok) return response;
  const refused = await refusal(response);
  if (refused.code === 'unauthenticated') signedOut();
  throw refused;
}

async function refusal(response: Response): Promise<Refused> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.code === 'string') return new Refused(problem);
  } catch {
    // a proxy's page instead of a problem
  }
  const instance = response.headers.get('X-Request-Id') ?? '';
  const code = response.status === 401 ? 'unauthenticated' : 'internal';
  return new Refused({ type: 'about:blank', title: '', status: response.status, detail: '', code, instance });
}

/** Calls one operation of the contract, named as the contract writes it. */
export async function call<O extends keyof Operations>(operation: O, ...[options]: Arguments<O>): Promise<Answer<O>> {
  const response = await send(operation, (options as unknown as Loose | undefined) ?? {});
  if (response.status === 204 || response.status === 202) {
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as Answer<O>;
  }
  const type = response.headers.get('Content-Type') ?? '';
  return (type.includes('json') ? await response.json() : await response.text()) as Answer<O>;
}

/** Fetches a file and hands it to the browser under the name the server gave. */
export async function download<O extends keyof Operations>(operation: O, ...[options]: Arguments<O>): Promise<string> {
  const response = await send(operation, (options as unknown as Loose | undefined) ?? {});
  const name = fileName(response.headers.get('Content-Disposition') ?? '') ?? 'download';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

/** RFC 6266: `filename*` before `filename`. */
export function fileName(disposition: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1];
}
