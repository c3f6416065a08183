/** A screen as the command that shows the same on a terminal. */
interface Command {
  path: RegExp;
  words: string;
  /** Options, each for the part of the address of this name; repeated when the part is. */
  options?: Record<string, string>;
}

const CREDENTIALS = {
  q: 'search',
  sort: 'sort',
  resourceType: 'resource-type',
  credentialType: 'credential-type',
  accountType: 'account-type',
  domain: 'domain',
  source: 'source',
  expiry: 'expiry',
  drift: 'drift',
  state: 'state',
};

const COMMANDS: readonly Command[] = [
  { path: /^\/dashboard$/, words: 'status' },
  { path: /^\/environments$/, words: 'env list', options: { q: 'search', status: 'status', sort: 'sort' } },
  { path: /^\/credentials$/, words: 'credential search', options: CREDENTIALS },
  { path: /^\/environments\/([^/]+)\/sync-log$/, words: 'env runs' },
  { path: /^\/environments\/([^/]+)\/settings$/, words: 'env show' },
  { path: /^\/environments\/([^/]+)(?:\/[^/]+)?$/, words: 'credential list', options: CREDENTIALS },
  {
    path: /^\/audit$/,
    words: 'audit search',
    options: { q: 'search', type: 'type', actor: 'actor', resource: 'resource', outcome: 'outcome', severity: 'severity', from: 'from', to: 'to' },
  },
  { path: /^\/jobs$/, words: 'job list' },
  { path: /^\/users$/, words: 'user list', options: { q: 'search', role: 'role', state: 'state', sort: 'sort' } },
  { path: /^\/tokens$/, words: 'token list', options: { user: 'user' } },
  { path: /^\/system\/health$/, words: 'status' },
  { path: /^\/settings$/, words: 'settings get' },
  { path: /^\/me$/, words: 'whoami' },
];

/** One word for a POSIX shell: plain ones as they are, others between single quotes. */
const quoted = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** A day of the page, in the words of the API: `to` means its end. */
function time(name: string, day: string): string {
  const start = new Date(`${day}T00:00:00`);
  if (Number.isNaN(start.getTime())) return day;
  if (name === 'to') start.setDate(start.getDate() + 1);
  return start.toISOString();
}

/** The command for a place in the address; nothing where no command shows the same. */
export function commandFor(path: string, query: URLSearchParams): string | undefined {
  for (const { path: pattern, words, options = {} } of COMMANDS) {
    const match = pattern.exec(path);
    if (!match) continue;
    const parts = ['holdfast', words];
    for (const [name, option] of Object.entries(options)) {
      for (const value of query.getAll(name)) {
        const said = name === 'from' || name === 'to' ? time(name, value) : value;
        if (said) parts.push(quoted(`--${option}=${said}`));
      }
    }
    if (match[1]) parts.push(quoted(decodeURIComponent(match[1])));
    return parts.join(' ');
  }
  return undefined;
}
