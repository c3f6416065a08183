import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Token } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { LightElement } from '../../base/element.js';
import { emptyState, failure, skeleton, statusTag } from '../../base/feedback.js';
import { show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { TokenDialog } from './token-dialog.js';

/** API tokens of one user or machine, to make (own ones and those of machines) and to revoke. */
@customElement('token-list')
export class TokenList extends LightElement {
  @property() user = '';
  @property() machine = '';
  @property({ type: Boolean }) mine = false;
  @state() private tokens: Token[] | undefined;
  @state() private failure: unknown;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('user') || changes.has('machine')) void this.load();
  }

  private async load(): Promise<void> {
    this.tokens = undefined;
    try {
      const answer = this.machine
        ? await call('GET /api/machines/{machine}/tokens', { path: { machine: this.machine } })
        : await call('GET /api/tokens', this.mine ? {} : { query: { user: this.user } });
      this.tokens = answer.items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async make(): Promise<void> {
    const dialog = new TokenDialog();
    dialog.machine = this.machine;
    const made = await show(dialog);
    if (made) this.tokens = [made, ...(this.tokens ?? [])];
  }

  private async revoke(token: Token): Promise<void> {
    const text = t('tokens.revoke-text', { name: token.name });
    if (!(await confirm({ title: t('tokens.revoke'), text, action: t('action.revoke'), danger: true }))) return;
    try {
      const path = { machine: this.machine, token: token.id };
      await (this.machine ? call('DELETE /api/machines/{machine}/tokens/{token}', { path }) : call('DELETE /api/tokens/{token}', { path }));
      this.tokens = this.tokens?.filter((other) => other !== token);
      toast(t('tokens.revoked', { name: token.name }));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private list(tokens: Token[]) {
    return html`<ul class="list">
      ${tokens.map((token) => {
        const permissions = token.permissions.map((one) => t(`permission.${one}`)).join(', ');
        const expired = Date.parse(token.expires) < Date.now();
        return html`<li>
          <div class="main">
            <div><b>${token.name}</b> <code>${token.prefix}…</code></div>
            <div class="muted small">
              <span data-tip=${permissions} tabindex="0">${t('tokens.permission-count', { n: token.permissions.length })}</span>
              · ${t('tokens.last-used')} ${moment(token.lastUsed)} ·
              ${expired ? statusTag('bad', t('expiry.EXPIRED')) : html`${t('tokens.expires')} ${moment(token.expires)}`}
              ${token.addresses.length > 0 ? html` · ${token.addresses.join(', ')}` : nothing}
            </div>
          </div>
          ${button({
            label: t('action.revoke'),
            name: t('tokens.revoke-name', { name: token.name }),
            onClick: () => void this.revoke(token),
          })}
        </li>`;
      })}
    </ul>`;
  }

  protected override render() {
    const make = this.mine || this.machine ? button({ label: t('tokens.make'), icon: 'plus', onClick: () => void this.make() }) : nothing;
    return html`<div class="stack">
      <div class="row spread"><h2>${t('tokens.title')}</h2>${make}</div>
      ${this.failure
        ? failure(sentence(this.failure), () => void this.load())
        : !this.tokens
          ? skeleton(3)
          : this.tokens.length === 0
            ? emptyState({ title: t('tokens.none'), text: t(this.machine ? 'machines.no-token' : 'tokens.none-text'), shape: 'key' })
            : this.list(this.tokens)}
    </div>`;
  }
}
