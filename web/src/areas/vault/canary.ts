import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Canary, Secret } from '../../api/schema.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { LightElement } from '../../base/element.js';
import { banner, failure, skeleton } from '../../base/feedback.js';
import { select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal, show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { nameOf } from './secret-value.js';

/** When somebody opened it last, and who; undefined for never. */
async function touched(resource: string) {
  const { items } = await call('GET /api/audit', { query: { type: 'secret.canary', resource, limit: 1 } });
  return items[0];
}

/** Asks what shall happen to whoever reads it. */
@customElement('canary-dialog')
class CanaryDialog extends Modal<true> {
  secret!: Secret;
  private readonly form = new Form(this, { locks: 'false' });

  protected override heading() {
    return t('canary.mark-name', { name: nameOf(this.secret) });
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      <p>${t('canary.text')}</p>
      ${select({
        id: 'f-locks',
        label: t('canary.reader'),
        value: form.values.locks,
        choices: (['false', 'true'] as const).map((value) => ({ value, label: t(`canary.locks-${value}`) })),
        onChange: (value) => form.set('locks', value),
      })}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('canary.mark'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    try {
      await call('PUT /api/secrets/{id}/canary', { path: { id: this.secret.id }, body: { locks: this.form.values.locks === 'true' } });
      this.close(true);
    } catch (reason) {
      this.form.refuse(reason);
    }
  }
}

/** Every canary of the tenant, and who touched it last. */
@customElement('canary-list')
class CanaryList extends Modal {
  @state() private items: Array<Canary & { last?: { time: string; text: string } | undefined }> | undefined;
  @state() private failure: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const { items } = await call('GET /api/canaries');
      this.items = await Promise.all(
        items.map(async (one) => {
          const event = session.can('READ_AUDIT') ? await touched(`secrets/${one.service}/${one.account}`) : undefined;
          return { ...one, last: event && { time: event.time, text: String(event.details?.['name'] ?? '') } };
        }),
      );
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return t('canary.all');
  }

  protected override content() {
    if (this.failure) return failure(sentence(this.failure), () => void this.load());
    if (!this.items) return skeleton(4);
    return html`<ul class="list">
      ${this.items.map(
        (one) =>
          html`<li>
            <div class="main">
              <a class="break" href="/secrets?item=${one.secret}" @click=${() => this.close()}>${one.service}/${one.account}</a>
              <div class="muted small">
                ${one.last ? html`${t('canary.touched', { name: one.last.text })} ${moment(one.last.time)}` : t('canary.untouched')}
              </div>
            </div>
            <span class="muted small">${t('canary.reader')} ${t(`canary.locks-${one.locks}`)}</span>
          </li>`,
      )}
    </ul>`;
  }
}

/** Says that a secret is a canary, and makes it one or a usual secret again. For whoever manages access. */
@customElement('secret-canary')
export class SecretCanary extends LightElement {
  @property({ attribute: false }) secret!: Secret;
  @state() private canaries: Canary[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.canaries = (await call('GET /api/canaries')).items;
    } catch {
      this.canaries = undefined; // the drawer says what went wrong
    }
  }

  private async mark(): Promise<void> {
    const dialog = new CanaryDialog();
    dialog.secret = this.secret;
    if (!(await show(dialog))) return;
    toast(t('state.saved'));
    await this.load();
  }

  private async unmark(): Promise<void> {
    const sure = await confirm({ title: t('canary.unmark'), text: t('canary.unmark-text', { name: nameOf(this.secret) }), action: t('canary.unmark') });
    if (!sure) return;
    try {
      await call('DELETE /api/secrets/{id}/canary', { path: { id: this.secret.id } });
      toast(t('state.saved'));
    } catch (reason) {
      toastFailure(sentence(reason));
    }
    await this.load();
  }

  protected override render() {
    const { canaries } = this;
    if (!canaries) return nothing;
    const mine = canaries.find((one) => one.secret === this.secret.id);
    const all = canaries.length > 0 ? button({ label: t('canary.all'), kind: 'quiet', onClick: () => void show(new CanaryList()) }) : nothing;
    return mine
      ? banner(
          'warn',
          html`${t('canary.is')} ${t(`canary.locks-${mine.locks}`)} · ${moment(mine.made)} · ${mine.madeBy.name}`,
          html`${button({ label: t('canary.unmark'), kind: 'quiet', onClick: () => void this.unmark() })} ${all}`,
        )
      : html`<div class="row">${button({ label: t('canary.mark'), icon: 'warning', kind: 'quiet', onClick: () => void this.mark() })} ${all}</div>`;
  }
}
