import { call, inTenant, Refused } from '../api/client.js';
import { live } from '../api/live.js';
import type { Me, Permission, SystemInfo } from '../api/schema.js';
import { forgetSecrets } from '../base/secret.js';

/** Who is signed in, and what may therefore be drawn. */
class Session {
  me: Me | undefined;
  info: SystemInfo | undefined;
  #watchers = new Set<() => void>();

  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  can(permission: Permission): boolean {
    return this.me?.permissions.includes(permission) ?? false;
  }

  /** Whether the ledger shows everybody's events, not the own ones alone. */
  get seesAllEvents(): boolean {
    return this.me?.role === 'ADMIN' || this.me?.role === 'AUDITOR';
  }

  enter(me: Me): void {
    this.me = me;
    document.documentElement.dataset['accent'] = me.accent;
    if (!me.mustChangePassword) live.start();
    this.#changed();
  }

  /** Forgets everything of the user; the server was told before, or has said so itself. */
  leave(): void {
    if (!this.me) return;
    this.me = undefined;
    delete document.documentElement.dataset['accent'];
    inTenant('');
    live.stop();
    void forgetSecrets();
    this.#changed();
  }

  async refresh(): Promise<void> {
    try {
      this.enter(await call('GET /api/me'));
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.code !== 'not-found') throw failure;
      inTenant(''); // the user belongs to the chosen tenant no more
      this.enter(await call('GET /api/me'));
    }
  }

  async signOut(): Promise<void> {
    await forgetSecrets();
    await call('POST /api/auth/sign-out');
    this.leave();
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

export const session = new Session();
