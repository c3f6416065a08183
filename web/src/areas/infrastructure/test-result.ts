import { html, nothing, type TemplateResult } from 'lit';
import type { Failure, TestResult } from '../../api/schema.js';
import { banner } from '../../base/feedback.js';
import { language, t, tryText } from '../../i18n/t.js';

/** What the appliance said, what to do, and what its support asks for. */
export function failureFacts(failure: Failure): TemplateResult {
  const { message, remediation, referenceToken, httpStatus } = failure;
  const facts: Array<[string, string | undefined]> = [
    [t('failure.message'), message],
    [t('failure.remediation'), remediation],
    [t('failure.reference'), referenceToken],
    [t('failure.http'), httpStatus === undefined ? undefined : String(httpStatus)],
  ];
  if (!facts.some(([, text]) => text)) return html``;
  return html`<dl class="facts small">
    ${facts.map(([name, text]) => (text ? html`<dt>${name}</dt><dd>${text}</dd>` : nothing))}
  </dl>`;
}

export function testResult(result: TestResult): TemplateResult {
  const { ok, status, role, version, canRead, canRotate, milliseconds } = result;
  const words = language() === 'en' ? result.sentence : t(`source-status.${status}`);
  const facts: Array<[string, string | undefined]> = [
    [t('test.role'), role && tryText(`appliance.${role}`, role)],
    [t('test.version'), version],
    [t('test.can-read'), canRead === undefined ? undefined : canRead ? t('test.yes') : t('test.no')],
    [t('test.can-rotate'), canRotate === undefined ? undefined : canRotate ? t('test.yes') : t('test.no')],
    [t('test.took'), milliseconds === undefined ? undefined : t('test.milliseconds', { n: milliseconds })],
  ];
  return banner(
    ok ? 'ok' : status === 'CERTIFICATE_UNTRUSTED' ? 'warn' : 'bad',
    html`<b>${words}</b>
      ${result.failure ? failureFacts(result.failure) : nothing}
      ${facts.some(([, text]) => text)
        ? html`<dl class="facts small">${facts.map(([name, text]) => (text ? html`<dt>${name}</dt><dd>${text}</dd>` : nothing))}</dl>`
        : nothing}`,
  );
}
