import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Explanation, Link, Secret, Share } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { LightElement } from '../../base/element.js';
import { failure, skeleton, statusTag } from '../../base/feedback.js';
import { show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { LinkDialog } from './link-dialog.js';
import { nameOf } from './secret-value.js';
import { ShareDialog } from './share-dialog.js';
import { partyName, shareState, stateOf, why } from './share-words.js';

interface Told {
  shares: Share[];
  links: Link[];
  readers: Explanation[];
}

/** Asks, then takes a share back; answers whether it did. */
export async function revokeShare(share: Share): Promise<boolean> {
  const text = t('shares.revoke-text', { name: `${share.service}/${share.account}`, with: partyName(share.sharedWith) });
  if (!(await confirm({ title: t('shares.revoke'), text, action: t('action.revoke'), danger: true }))) return false;
  try {
    await call('DELETE /api/shares/{share}', { path: { share: share.id } });
    toast(t('shares.revoked'));
    return true;
  } catch (reason) {
    toastFailure(sentence(reason));
    return false;
  }
}

/** Who may read a secret and why; its shares and temporary links. */
@customElement('secret-sharing')
export class SecretSharing extends LightElement {
  @property({ attribute: false }) secret!: Secret;
  @state() private told: Told | undefined;
  @state() private failure: unknown;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('secret') && changes.get('secret')?.id !== this.secret.id) void this.load();
  }

  private async load(): Promise<void> {
    const { secret } = this;
    const [path, limit] = [{ id: secret.id }, 1000];
    const asked = { action: 'REVEAL_SECRET' as const, resource: `secrets/${nameOf(secret)}` };
    const may = session.can('SHARE_SECRET');
    try {
      const [shares, links, readers] = await Promise.all([
        may ? call('GET /api/secrets/{id}/shares', { path, query: { limit } }).then(({ items }) => items) : [],
        may ? call('GET /api/secrets/{id}/links', { path }).then(({ items }) => items) : [],
        session.can('READ_ACCESS')
          ? call('GET /api/access/who', { query: { ...asked, limit } }).then(({ items }) => items)
          : call('GET /api/access/explain', { query: asked }).then((one) => [one]),
      ]);
      if (secret.id !== this.secret.id) return; // the drawer has moved on
      this.told = { shares, links, readers };
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async share(): Promise<void> {
    const dialog = new ShareDialog();
    dialog.secret = this.secret;
    if (await show(dialog)) await this.load();
  }

  private async makeLink(): Promise<void> {
    const dialog = new LinkDialog();
    dialog.secret = this.secret;
    await show(dialog);
    await this.load();
  }

  private async revoke(share: Share): Promise<void> {
    if (await revokeShare(share)) await this.load();
  }

  private async revokeLink(link: Link): Promise<void> {
    if (!(await confirm({ title: t('links.revoke'), text: t('links.revoke-text'), action: t('action.revoke'), danger: true }))) return;
    try {
      await call('DELETE /api/links/{link}', { path: { link: link.id } });
      toast(t('links.revoked'));
      await this.load();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private readers(readers: Explanation[], links: Link[]) {
    const name = (one: Explanation) =>
      (one.name && called({ kind: one.kind, name: one.name })) ?? (links.some((link) => link.id === one.principal) ? t('links.one') : t('shares.somebody', { id: one.principal }));
    return html`<ul class="list">
      ${readers.map(
        (one) =>
          html`<li>
            <div class="main"><b>${name(one)}</b><div class="muted small">${why(one)}</div></div>
            ${one.allowed ? nothing : statusTag('bad', t('access.may-not'))}
          </li>`,
      )}
    </ul>`;
  }

  private shares(shares: Share[]) {
    if (shares.length === 0) return html`<p class="muted">${t('shares.none')}</p>`;
    return html`<ul class="list">
      ${shares.map(
        (one) =>
          html`<li>
            <div class="main">
              <div><b class="break">${partyName(one.sharedWith)}</b> ${stateOf(one)}</div>
              <div class="muted small">
                ${t(`shares.level-${one.permission}`)} · ${called(one.sharedBy)}, ${moment(one.created)}
                ${one.expires ? html` · ${t('tokens.expires')} ${moment(one.expires)}` : nothing}
              </div>
            </div>
            ${one.status === 'ACTIVE' || one.status === 'PENDING'
              ? button({ label: t('action.revoke'), name: t('shares.revoke-name', { name: partyName(one.sharedWith) }), onClick: () => void this.revoke(one) })
              : nothing}
          </li>`,
      )}
    </ul>`;
  }

  private links(links: Link[]) {
    if (links.length === 0) return html`<p class="muted">${t('links.none')}</p>`;
    return html`<ul class="list">
      ${links.map(
        (one) =>
          html`<li>
            <div class="main">
              <div><b>${one.note || t('links.one')}</b> ${shareState(one.status)}</div>
              <div class="muted small">
                ${t('links.used', { n: one.uses - one.usesLeft, of: one.uses })}
                ${one.lastUsed ? html` · ${t('tokens.last-used')} ${moment(one.lastUsed)}` : nothing} · ${t('tokens.expires')} ${moment(one.expires)} ·
                ${called(one.sharedBy)}
                ${one.audience ? html` · ${t('links.for', { name: one.audience })}` : nothing}
                ${one.addresses.length > 0 ? html` · ${one.addresses.join(', ')}` : nothing}
              </div>
            </div>
            ${one.status === 'ACTIVE' ? button({ label: t('action.revoke'), name: t('links.revoke'), onClick: () => void this.revokeLink(one) }) : nothing}
          </li>`,
      )}
    </ul>`;
  }

  protected override render() {
    const { told } = this;
    if (this.failure) return failure(sentence(this.failure), () => void this.load());
    if (!told) return skeleton(4);
    const may = session.can('SHARE_SECRET');
    const living = may && this.secret.state !== 'DELETED';
    return html`<div class="stack">
      <h3>${session.can('READ_ACCESS') ? t('shares.who') : t('shares.why')}</h3>
      ${this.readers(told.readers, told.links)}
      ${may
        ? html`<div class="row spread">
              <h3>${t('shares.title')}</h3>
              ${living ? button({ label: t('shares.share'), icon: 'plus', onClick: () => void this.share() }) : nothing}
            </div>
            ${this.shares(told.shares)}
            <div class="row spread">
              <h3>${t('links.title')}</h3>
              ${living && session.can('REVEAL_SECRET') ? button({ label: t('links.make'), icon: 'plus', onClick: () => void this.makeLink() }) : nothing}
            </div>
            ${this.links(told.links)}`
        : nothing}
    </div>`;
  }
}
