interface ScriptPolicy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptPolicy;
}

/** Admits scripts of this server's asset folder only. */
function checked(url: string): string {
  if (!url.startsWith('/assets/') || new URL(url, location.origin).origin !== location.origin) {
    throw new TypeError(`not a script of this application: ${url}`);
  }
  return url;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy = factory?.createPolicy('app', { createScriptURL: checked });

/** Starts a worker; its address is a Trusted Types sink. Browsers without Trusted Types get the plain address. */
export function startWorker(url: string): Worker {
  const trusted = policy ? policy.createScriptURL(url) : checked(url);
  return new Worker(trusted as string, { type: 'module' });
}
