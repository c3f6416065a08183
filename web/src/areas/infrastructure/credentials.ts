import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Page } from '../../app/page.js';
import { pageHead } from '../../base/feedback.js';
import { t } from '../../i18n/t.js';
import type { Event as LedgerEvent } from '../../api/schema.js';
import { ENDS_OF_RUNS } from './environment.js';
import type { CredentialGrid } from './credential-grid.js';
import './credential-grid.js';

/** Credentials of all environments. */
@customElement('credentials-page')
export class CredentialsPage extends Page {
  protected override load(): void {}

  protected override heard(event: LedgerEvent | 'gap'): void {
    if (event === 'gap' || ENDS_OF_RUNS.test(event.type)) this.querySelector<CredentialGrid>('credential-grid')?.refresh();
  }

  protected override render() {
    return html`<div class="page fill">
      ${pageHead({ title: t('nav.credentials'), text: t('credential.everywhere') })}
      <credential-grid .query=${this.query} label=${t('nav.credentials')}></credential-grid>
    </div>`;
  }
}
