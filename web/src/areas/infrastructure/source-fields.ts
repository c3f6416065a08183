import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Certificate, SourceKind, TestResult, Trust } from '../../api/schema.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { banner } from '../../base/feedback.js';
import { field, select } from '../../base/fields.js';
import { show } from '../../base/modal.js';
import { toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { trust, type Draft } from './source-draft.js';
import { testResult } from './test-result.js';
import { TrustDialog } from './trust-dialog.js';

const MODES: Array<Trust['mode']> = ['SYSTEM', 'PIN', 'CA', 'OFF'];
const SCHEDULES = [0, 5, 15, 30, 60, 120, 240, 720, 1440]; // minutes

/** Address, login, trust and schedule of one source, with a test. Sends `draft` with what changed. */
@customElement('source-fields')
export class SourceFields extends LightElement {
  @property({ attribute: false }) kind: SourceKind = 'SDDC_MANAGER';
  @property({ attribute: false }) form!: Draft;
  @property({ attribute: false }) errors: Record<string, string> = {};
  /** A password is kept on the server already. */
  @property({ type: Boolean }) stored = false;
  @state() private result: TestResult | undefined;
  @state() private testing = false;

  private change(next: Partial<Draft>): void {
    this.dispatchEvent(new CustomEvent('draft', { detail: next }));
  }

  private text(name: 'host' | 'port' | 'username' | 'password' | 'caPem' | 'fingerprint') {
    return {
      id: `${this.kind}-${name}`,
      value: this.form[name],
      error: this.errors[name] ?? this.errors[`trust.${name}`],
      onInput: (value: string) => this.change({ [name]: value }),
    };
  }

  private async test(): Promise<void> {
    this.testing = true;
    this.result = undefined;
    const { host, port, username, password } = this.form;
    try {
      this.result = await call('POST /api/environments/test', {
        body: {
          kind: this.kind,
          host: host.trim(),
          port: Number(port) || 443,
          trust: trust(this.form),
          ...(password && { username: username.trim(), password }),
        },
      });
    } catch (failure) {
      toastFailure(sentence(failure));
    }
    this.testing = false;
    const certificate = this.result?.certificate ?? this.result?.failure?.certificate;
    if (certificate && !certificate.trusted && this.form.mode !== 'OFF') await this.ask(certificate);
  }

  /** Shows the certificate; confirmed, its fingerprint is pinned and the test goes on with the login. */
  private async ask(certificate: Certificate): Promise<void> {
    const dialog = new TrustDialog();
    dialog.certificate = certificate;
    dialog.host = this.form.host;
    if (!(await show(dialog))) return;
    this.change({ mode: 'PIN', fingerprint: certificate.fingerprint });
    await this.updateComplete;
    await this.test();
  }

  private trustFields() {
    const { mode } = this.form;
    return html`${select({
      id: `${this.kind}-mode`,
      label: t('trust.label'),
      value: mode,
      choices: MODES.map((value) => ({ value, label: t(`trust.${value}`) })),
      error: this.errors['trust'] ?? this.errors['trust.mode'],
      onChange: (value) => this.change({ mode: value as Trust['mode'] }),
    })}
    ${mode === 'PIN' ? field({ ...this.text('fingerprint'), label: t('trust.fingerprint'), hint: t('trust.pin-hint') }) : nothing}
    ${mode === 'CA' ? field({ ...this.text('caPem'), label: t('trust.ca-pem'), lines: 5, mono: true, placeholder: '-----BEGIN CERTIFICATE-----' }) : nothing}
    ${mode === 'OFF' ? banner('warn', t('trust.off-text')) : nothing}`;
  }

  protected override render() {
    const schedules = [...new Set([...SCHEDULES, Number(this.form.schedule)])].toSorted((a, b) => a - b);
    return html`<div class="stack">
      <div class="columns">
        ${field({ ...this.text('host'), label: t('source.host'), placeholder: 'sddc-manager.example.com', maxLength: 255 })}
        ${field({ ...this.text('port'), label: t('source.port'), type: 'number', min: 1, max: 65535 })}
      </div>
      <div class="columns">
        ${field({ ...this.text('username'), label: t('source.username'), maxLength: 255 })}
        ${field({
          ...this.text('password'),
          label: t('source.password'),
          type: 'password',
          autocomplete: 'new-password',
          optional: this.stored,
          hint: this.stored ? t('source.password-kept') : undefined,
          maxLength: 1024,
        })}
      </div>
      <div class="columns">
        <div class="stack">${this.trustFields()}</div>
        ${select({
          id: `${this.kind}-schedule`,
          label: t('source.schedule'),
          value: this.form.schedule,
          choices: schedules.map((n) => ({ value: String(n), label: n === 0 ? t('source.schedule-off') : t('source.every', { n }) })),
          error: this.errors['scheduleMinutes'],
          onChange: (schedule) => this.change({ schedule }),
        })}
      </div>
      <div>
        ${button({
          label: t('source.test'),
          name: t('source.test-name', { source: t(`source.${this.kind}`) }),
          icon: 'check',
          busy: this.testing,
          disabled: this.form.host.trim() === '',
          onClick: () => void this.test(),
        })}
      </div>
      <div role="status">${this.result ? testResult(this.result) : nothing}</div>
    </div>`;
  }
}
