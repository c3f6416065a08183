import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import type { Environment, EnvironmentWrite, SourceKind } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { field, toggle } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { Modal } from '../../base/modal.js';
import { t } from '../../i18n/t.js';
import { draft, write, type Draft } from './source-draft.js';
import './source-fields.js';

const PLACES = { SDDC_MANAGER: 'sddcManager', INSTALLER: 'installer' } as const;

/** Adds or edits an environment with its two possible sources. */
@customElement('environment-dialog')
export class EnvironmentDialog extends Modal<Environment> {
  @state() private drafts: Record<SourceKind, Draft> = { SDDC_MANAGER: { ...draft('SDDC_MANAGER'), used: true }, INSTALLER: draft('INSTALLER') };
  private environment: Environment | undefined;
  private readonly form = new Form(this, { name: '', description: '' }, /^(sddcManager|installer)\./);
  protected override shape: 'dialog' | 'dialog wide' | 'drawer' = 'dialog wide';

  edit(environment: Environment): void {
    this.environment = environment;
    Object.assign(this.form.values, { name: environment.name, description: environment.description });
    this.drafts = {
      SDDC_MANAGER: draft('SDDC_MANAGER', environment.sddcManager),
      INSTALLER: draft('INSTALLER', environment.installer),
    };
  }

  protected override heading() {
    return this.environment ? t('environments.edit', { name: this.environment.name }) : t('environments.add');
  }

  private source(kind: SourceKind) {
    const form = this.drafts[kind];
    const change = (next: Partial<Draft>) => (this.drafts = { ...this.drafts, [kind]: { ...form, ...next } });
    const place = PLACES[kind];
    const errors: Record<string, string> = {};
    for (const [name, text] of Object.entries(this.form.errors)) {
      if (name.startsWith(`${place}.`)) errors[name.slice(place.length + 1)] = text;
    }
    return html`<fieldset class="group">
      <legend>${t(`source.${kind}`)}</legend>
      ${toggle({
        id: `use-${kind}`,
        label: t(`source-use.${kind}`),
        checked: form.used,
        onChange: (used) => change({ used }),
      })}
      ${form.used
        ? html`<source-fields
            .kind=${kind}
            .form=${form}
            .errors=${errors}
            .stored=${this.environment?.[place] !== undefined}
            @draft=${(event: CustomEvent<Partial<Draft>>) => change(event.detail)}
          ></source-fields>`
        : nothing}
    </fieldset>`;
  }

  protected override content() {
    const { form } = this;
    return html`${form.summary()}
      ${field({ ...form.text('name'), label: t('environments.name'), maxLength: 100, focus: true })}
      ${field({ ...form.text('description'), label: t('environments.description'), maxLength: 1000, optional: true })}
      ${this.source('SDDC_MANAGER')} ${this.source('INSTALLER')}`;
  }

  protected override footer() {
    return html`${this.cancelButton()} ${button({ label: t('action.save'), kind: 'primary', submit: true, busy: this.busy })}`;
  }

  protected override async submit() {
    if (!this.form.require('name')) return;
    const { name, description } = this.form.values;
    const body: EnvironmentWrite = {
      name: name.trim(),
      description,
      ...(this.drafts.SDDC_MANAGER.used && { sddcManager: write(this.drafts.SDDC_MANAGER) }),
      ...(this.drafts.INSTALLER.used && { installer: write(this.drafts.INSTALLER) }),
    };
    try {
      const { environment } = this;
      const saved = environment
        ? await call('PUT /api/environments/{id}', { path: { id: environment.id }, version: environment.version, body })
        : await call('POST /api/environments', { body });
      this.close(saved);
    } catch (failure) {
      this.form.refuse(failure);
    }
  }
}
