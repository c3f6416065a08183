import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Session } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { LightElement } from '../../base/element.js';
import { failure, skeleton } from '../../base/feedback.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { sessionTable } from './sessions.js';
import './token-list.js';

/** Where one user is signed in, and the tokens of that user. */
@customElement('user-access')
export class UserAccess extends LightElement {
  @property() user = '';
  @state() private sessions: Session[] | undefined;
  @state() private failure: unknown;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('user')) void this.load();
  }

  private async load(): Promise<void> {
    this.sessions = undefined;
    try {
      this.sessions = (await call('GET /api/users/{user}/sessions', { path: { user: this.user } })).items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async end(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      toast(t('sessions.ended'));
      await this.load();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private async endAll(): Promise<void> {
    const path = { user: this.user };
    if (!(await confirm({ title: t('sessions.end-all'), text: '', action: t('action.end'), danger: true }))) return;
    await this.end(() => call('DELETE /api/users/{user}/sessions', { path }));
  }

  protected override render() {
    const path = { user: this.user };
    return html`<div class="stack">
      <div class="row spread">
        <h2>${t('sessions.title')}</h2>
        ${this.sessions?.length ? button({ label: t('sessions.end-all'), onClick: () => void this.endAll() }) : nothing}
      </div>
      ${this.failure
        ? failure(sentence(this.failure), () => void this.load())
        : this.sessions
          ? sessionTable(this.sessions, (one) =>
              void this.end(() => call('DELETE /api/users/{user}/sessions/{session}', { path: { ...path, session: one.id } })),
            )
          : skeleton(2)}
      ${session.can('MANAGE_TOKEN') ? html`<token-list .user=${this.user}></token-list>` : nothing}
    </div>`;
  }
}
