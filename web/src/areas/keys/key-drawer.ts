import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Key, KeyVersions } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { withStepUp } from '../../app/step-up.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { failure, skeleton, statusTag } from '../../base/feedback.js';
import '../../base/menu.js';
import { Modal, show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { copyable } from '../../base/secret.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { KeySettings } from './key-dialog.js';
import './key-try.js';
import { keyState } from './words.js';

/** One key: what it is, its versions, and a place to try it. */
@customElement('key-drawer')
export class KeyDrawer extends Modal {
  @state() key!: Key;
  @state() private versions: KeyVersions['items'] | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    const path = { name: this.key.name };
    try {
      const [key, versions] = await Promise.all([call('GET /api/keys/{name}', { path }), call('GET /api/keys/{name}/versions', { path })]);
      this.key = key;
      this.versions = versions.items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async tried(work: () => Promise<unknown>, done: string): Promise<boolean> {
    try {
      const outcome = await withStepUp(async () => (await work()) ?? true);
      if (outcome === undefined) return false;
      toast(done);
      return true;
    } catch (reason) {
      toastFailure(sentence(reason));
      return false;
    }
  }

  private async rotate(): Promise<void> {
    const { name } = this.key;
    if (await this.tried(() => call('POST /api/keys/{name}/rotate', { path: { name } }), t('keys.rotated', { name }))) await this.load();
  }

  private async turn(): Promise<void> {
    const path = { name: this.key.name };
    const on = this.key.state === 'DISABLED';
    const work = () => (on ? call('POST /api/keys/{name}/enable', { path }) : call('POST /api/keys/{name}/disable', { path }));
    if (await this.tried(work, t('state.saved'))) await this.load();
  }

  private async settings(): Promise<void> {
    const dialog = new KeySettings();
    dialog.edit(this.key);
    if (await show(dialog)) await this.load();
  }

  private async destroy(version?: number): Promise<void> {
    const { name } = this.key;
    const title = version === undefined ? t('keys.destroy') : t('keys.destroy-version', { n: version });
    if (!(await confirm({ title, text: t('keys.destroy-text'), action: title, danger: true, typed: name }))) return;
    const work = () =>
      version === undefined
        ? call('POST /api/keys/{name}/destroy', { path: { name }, body: { name } })
        : call('POST /api/keys/{name}/versions/{version}/destroy', { path: { name, version }, body: { name } });
    if (!(await this.tried(work, t('keys.destroyed')))) return;
    if (version === undefined) this.close();
    else await this.load();
  }

  protected override heading() {
    return this.key.name;
  }

  private actions() {
    const { key } = this;
    const erase = session.can('DESTROY_KEY') && key.deletionAllowed;
    if (!session.can('WRITE_KEY')) return nothing;
    const items = [
      { label: t('nav.settings'), icon: 'settings' as const, onSelect: () => void this.settings() },
      { label: t(key.state === 'ENABLED' ? 'keys.disable' : 'keys.enable'), icon: 'lock' as const, onSelect: () => void this.turn() },
      ...(erase ? [{ label: t('keys.destroy'), icon: 'trash' as const, danger: true, apart: true, onSelect: () => void this.destroy() }] : []),
    ];
    return html`<div class="row">
      ${button({ label: t('keys.rotate'), icon: 'history', onClick: () => void this.rotate() })}
      <ui-menu .items=${items} label=${t('action.more')}></ui-menu>
    </div>`;
  }

  private version(one: KeyVersions['items'][number]) {
    const { key } = this;
    const works = one.version >= key.minDecryptionVersion;
    const tag = one.destroyed
      ? statusTag('none', t('keys.version-destroyed'))
      : one.version === key.version
        ? statusTag('ok', t('keys.version-newest'))
        : works
          ? statusTag('info', t('keys.version-older'))
          : statusTag('warn', t('keys.version-off'));
    const erasable = !one.destroyed && one.version !== key.version && key.deletionAllowed && session.can('DESTROY_KEY');
    return html`<li>
      <div class="row spread"><b>${t('secrets.version-n', { n: one.version })}</b> ${tag}</div>
      <div class="muted small">${moment(one.made)}</div>
      ${erasable ? button({ label: t('keys.destroy-version', { n: one.version }), icon: 'trash', kind: 'quiet', onClick: () => void this.destroy(one.version) }) : nothing}
    </li>`;
  }

  protected override content() {
    const { key, versions } = this;
    return html`${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing} ${this.actions()}
      <dl class="facts">
        <dt>${t('keys.type')}</dt>
        <dd>${t(`keys.type-${key.type}`)}</dd>
        <dt>${t('keys.state')}</dt>
        <dd>${keyState(key)}</dd>
        <dt>${t('keys.deletion')}</dt>
        <dd>${t(`keys.deletion-${key.deletionAllowed}`)}</dd>
        <dt>${t('keys.created')}</dt>
        <dd>${moment(key.created)} · ${key.createdBy.name}</dd>
        ${key.publicKey ? html`<dt>${t('keys.public')}</dt><dd class="break mono small">${copyable(key.publicKey, t('keys.copy-public'))}</dd>` : nothing}
      </dl>
      <section class="stack">
        <h3>${t('secrets.tab-versions')}</h3>
        ${versions ? html`<ol class="history">${versions.map((one) => this.version(one))}</ol>` : skeleton(3)}
      </section>
      ${key.state === 'ENABLED' ? html`<key-try .key=${key}></key-try>` : nothing}`;
  }
}
