import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Environment, TestResult } from '../../api/schema.js';
import { failure, skeleton } from '../../base/feedback.js';
import { Modal } from '../../base/modal.js';
import { t } from '../../i18n/t.js';
import { testResult } from './test-result.js';

/** Tries the saved sources with their stored logins. */
@customElement('test-dialog')
export class TestDialog extends Modal {
  environment!: Environment;
  @state() private results: { installer?: TestResult; sddcManager?: TestResult } | undefined;
  @state() private failure: unknown;

  protected override firstUpdated(): void {
    super.firstUpdated();
    void this.test();
  }

  private async test(): Promise<void> {
    try {
      this.failure = undefined;
      this.results = await call('POST /api/environments/{id}/test', { path: { id: this.environment.id } });
    } catch (reason) {
      this.failure = reason;
    }
  }

  protected override heading() {
    return t('environments.test-of', { name: this.environment.name });
  }

  protected override content() {
    if (this.failure) return failure(sentence(this.failure), () => void this.test());
    if (!this.results) return skeleton(3);
    const { sddcManager, installer } = this.results;
    return html`<div class="stack" role="status">
      ${sddcManager ? html`<h3>${t('source.SDDC_MANAGER')}</h3> ${testResult(sddcManager)}` : nothing}
      ${installer ? html`<h3>${t('source.INSTALLER')}</h3> ${testResult(installer)}` : nothing}
      ${sddcManager || installer ? nothing : html`<p>${t('environments.no-source')}</p>`}
    </div>`;
  }
}
