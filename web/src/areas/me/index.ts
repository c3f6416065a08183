import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Session } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { banner, failure, pageHead, skeleton } from '../../base/feedback.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t, tryText } from '../../i18n/t.js';
import { sessionTable } from '../administration/sessions.js';
import '../administration/token-list.js';
import './password.js';

/** The user's own password, sessions and API tokens. */
@customElement('me-page')
export class MePage extends Page {
  @state() private sessions: Session[] | undefined;
  @state() private failure: unknown;

  protected override async load(): Promise<void> {
    if (session.me?.mustChangePassword) return;
    try {
      this.sessions = (await call('GET /api/me/sessions')).items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async end(one: Session): Promise<void> {
    try {
      await call('DELETE /api/me/sessions/{session}', { path: { session: one.id } });
      this.sessions = this.sessions?.filter((other) => other !== one);
      toast(t('sessions.ended'));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private async endOthers(): Promise<void> {
    const sure = await confirm({ title: t('sessions.end-others'), text: t('sessions.end-others-text'), action: t('action.end') });
    if (!sure) return;
    try {
      await call('DELETE /api/me/sessions');
      await this.load();
      toast(t('sessions.ended'));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private sessionCard() {
    const others = (this.sessions ?? []).filter((one) => !one.current).length;
    return html`<section class="card">
      <header>
        <h2>${t('sessions.title')}</h2>
        ${others > 0 ? button({ label: t('sessions.end-others'), onClick: () => void this.endOthers() }) : nothing}
      </header>
      ${this.failure
        ? failure(sentence(this.failure), () => void this.load())
        : this.sessions
          ? sessionTable(this.sessions, (one) => void this.end(one))
          : skeleton(3)}
    </section>`;
  }

  protected override render() {
    const me = session.me;
    if (!me) return nothing;
    const must = me.mustChangePassword;
    return html`<div class="page">
      ${pageHead({ title: t('nav.me'), text: t('me.text', { name: me.fullName || me.username, role: me.role ? tryText(`role.${me.role}`, me.role) : '' }) })}
      ${must ? banner('warn', t('me.must-change')) : nothing}
      <div class="columns">
        <section class="card">
          <header><h2>${t('me.password')}</h2></header>
          <my-password></my-password>
        </section>
        ${must ? nothing : this.sessionCard()}
      </div>
      ${!must && session.can('MANAGE_TOKEN')
        ? html`<section class="card"><token-list .user=${me.id} mine></token-list></section>`
        : nothing}
    </div>`;
  }
}
