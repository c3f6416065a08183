import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { inTenant } from '../api/client.js';
import { LightElement } from '../base/element.js';
import '../base/menu.js';
import { t } from '../i18n/t.js';
import { session } from './session.js';

/** Where the user works, and the way to another tenant: the page is loaded anew there, so that nothing of this one stays. */
@customElement('tenant-menu')
export class TenantMenu extends LightElement {
  protected override render() {
    const { tenant, tenants } = session.me!;
    return html`<ui-menu
      .items=${tenants.map(({ id, name }) => ({
        label: name,
        checked: id === tenant.id,
        onSelect: () => {
          inTenant(name);
          location.assign('/dashboard');
        },
      }))}
      label=${t('shell.tenant', { name: tenant.name })}
      word=${tenant.name}
      shape="server"
    ></ui-menu>`;
  }
}
