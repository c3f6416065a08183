import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Share, SharedSecret } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { banner, failure, skeleton } from '../../base/feedback.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal, show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { secretField } from '../../base/secret.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { ShareDialog } from './share-dialog.js';
import './value-field.js';

export const sharedName = (share: Share) => `${share.tenant.name ? `${share.tenant.name}: ` : ''}${share.service}/${share.account}`;

/** The value that another tenant shares, for a row and for the drawer. */
export const sharedValue = (share: Share) =>
  secretField({
    of: sharedName(share),
    plain: true,
    failed: sentence,
    fetch: async (purpose) => {
      const shown = await call('POST /api/shares/{share}/reveal', { path: { share: share.id }, query: { purpose } });
      return shown.value ?? shown.valueBase64 ?? '';
    },
  });

/** Stores a new value of a secret of another tenant. */
@customElement('shared-put-dialog')
class SharedPut extends Modal<SharedSecret> {
  of!: Share;
  version = 0;
  private readonly form = new Form(this, { value: '', change: '' });

  protected override heading() {
    return t('secrets.put-title', { name: sharedName(this.of) });
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      <secret-value-field
        .error=${form.errors['value'] ?? ''}
        @value=${(event: CustomEvent<string>) => form.set('value', event.detail)}
      ></secret-value-field>
      ${field({ ...form.text('change'), label: t('secrets.change'), optional: true, maxLength: 500, hint: t('secrets.change-hint') })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('secrets.put'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('value')) return;
    const { value, change } = this.form.values;
    const body = { value, expectedVersion: this.version, ...(change && { change }) };
    try {
      const saved = await call('POST /api/shares/{share}/secret/versions', { path: { share: this.of.id }, body });
      toast(t('secrets.put-done', { n: saved.version }));
      this.close(saved);
    } catch (reason) {
      this.form.refuse(reason);
    }
  }
}

/** One secret that another tenant shares, and what its share lets one do. */
@customElement('shared-drawer')
export class SharedDrawer extends Modal {
  share!: Share;
  @state() private secret: SharedSecret | undefined;
  @state() private failure: unknown;
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'drawer';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.secret = await call('GET /api/shares/{share}/secret', { path: { share: this.share.id } });
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private async tried(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      toast(t('state.saved'));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
    await this.load();
  }

  private async put(version: number): Promise<void> {
    const dialog = new SharedPut();
    dialog.of = this.share;
    dialog.version = version;
    if (await show(dialog)) await this.load();
  }

  private async destroy(): Promise<void> {
    const { share } = this;
    const title = t('secrets.destroy');
    if (!(await confirm({ title, text: t('secrets.destroy-text', { name: sharedName(share) }), action: title, danger: true, typed: share.account }))) return;
    try {
      await call('POST /api/shares/{share}/secret/destroy', { path: { share: share.id } });
      this.close();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private pass(): void {
    const dialog = new ShareDialog();
    dialog.received = this.share;
    void show(dialog);
  }

  private actions(one: SharedSecret) {
    const path = { share: this.share.id };
    const may = (permission: 'WRITE_SECRET' | 'SHARE_SECRET' | 'DELETE_SECRET') => one.allows.includes(permission) && session.can(permission);
    if (one.state === 'DELETED') {
      return may('DELETE_SECRET')
        ? html`${button({ label: t('secrets.undelete'), icon: 'history', onClick: () => void this.tried(() => call('POST /api/shares/{share}/secret/undelete', { path })) })}
          ${button({ label: t('secrets.destroy'), icon: 'trash', kind: 'danger', onClick: () => void this.destroy() })}`
        : nothing;
    }
    return html`${may('WRITE_SECRET') ? button({ label: t('secrets.put'), icon: 'plus', onClick: () => void this.put(one.version) }) : nothing}
    ${may('SHARE_SECRET') ? button({ label: t('shares.pass'), icon: 'users', onClick: () => this.pass() }) : nothing}
    ${may('DELETE_SECRET')
      ? button({ label: t('action.delete'), icon: 'trash', kind: 'quiet', onClick: () => void this.tried(() => call('DELETE /api/shares/{share}/secret', { path, version: one.version })) })
      : nothing}`;
  }

  protected override heading() {
    return sharedName(this.share);
  }

  protected override content() {
    const { secret, share } = this;
    if (this.failure) return failure(sentence(this.failure), () => void this.load());
    if (!secret) return skeleton(6);
    const fact = (name: string, value: unknown) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);
    return html`<div class="row">${this.actions(secret)}</div>
      ${secret.state === 'DELETED' ? banner('warn', html`${t('secrets.deleted-text')} ${secret.destroys ? moment(secret.destroys) : ''}`) : nothing}
      <dl class="facts">
        ${session.can('REVEAL_SECRET') && secret.state !== 'DELETED' ? fact(t('secrets.value'), sharedValue(share)) : nothing}
        ${fact(t('shares.permission'), t(`shares.level-${share.permission}`))}
        ${fact(t('shares.by'), share.tenant.name)}
        ${fact(t('secrets.version'), String(secret.version))}
        ${fact(t('secrets.tags'), secret.tags.join(', '))}
        ${fact(t('secrets.notes'), secret.notes && html`<span class="lines">${secret.notes}</span>`)}
        ${Object.entries(secret.metadata).map(([name, value]) => fact(name, typeof value === 'string' ? value : JSON.stringify(value)))}
        ${fact(t('secrets.expires'), secret.expires && moment(secret.expires))}
        ${fact(t('secrets.changed'), moment(secret.changed))}
      </dl>`;
  }
}
