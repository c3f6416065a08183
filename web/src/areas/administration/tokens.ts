import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { User } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { go, withQuery } from '../../app/router.js';
import { session } from '../../app/session.js';
import { failure, pageHead, skeleton } from '../../base/feedback.js';
import { select } from '../../base/fields.js';
import { t } from '../../i18n/t.js';
import './user-access.js';

/** Sessions and API tokens of any user. */
@customElement('tokens-page')
export class TokensPage extends Page {
  @state() private users: User[] | undefined;
  @state() private failure: unknown;

  protected override async load(): Promise<void> {
    try {
      this.users = (await call('GET /api/users', { query: { limit: 1000 } })).items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private body(users: User[]) {
    const chosen = this.query.get('user') ?? session.me?.id ?? users[0]?.id ?? '';
    const choices = users.map((user) => ({
      value: user.id,
      label: user.fullName ? `${user.username} (${user.fullName})` : user.username,
    }));
    return html`<div class="narrow-field">
        ${select({
          id: 'tokens-user',
          label: t('tokens.user'),
          value: chosen,
          choices,
          onChange: (user) => go(withQuery({ user }), { replace: true }),
        })}
      </div>
      <section class="card">${chosen ? html`<user-access .user=${chosen}></user-access>` : nothing}</section>`;
  }

  protected override render() {
    return html`<div class="page">
      ${pageHead({ title: t('nav.tokens'), text: t('tokens.text') })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : this.users ? this.body(this.users) : skeleton()}
    </div>`;
  }
}
