import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { withQuery } from '../../app/router.js';
import { LightElement } from '../../base/element.js';
import { icon } from '../../base/icon.js';
import { t } from '../../i18n/t.js';

type Folder = { service: string; name: string };

/** The folders that hold something this user may see; each level is fetched when it is opened. */
@customElement('secret-folders')
export class SecretFolders extends LightElement {
  /** The folder that is shown; empty for all. */
  @property() folder = '';
  @state() private inside = new Map<string, Folder[]>();
  @state() private open = new Set<string>(['']);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.refresh();
  }

  /** Fetches again what is open. */
  async refresh(): Promise<void> {
    this.reveal();
    await Promise.all([...this.open].map((service) => this.fetch(service)));
  }

  protected override updated(): void {
    if (this.folder && !this.shown(this.folder)) {
      this.reveal();
      for (const service of this.open) if (!this.inside.has(service)) void this.fetch(service);
    }
  }

  /** Opens everything above the folder that is shown. */
  private reveal(): void {
    const segments = this.folder.split('/').slice(0, -1);
    this.open = new Set([...this.open, ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))]);
  }

  private shown(service: string): boolean {
    const parents = service.split('/').slice(0, -1);
    return parents.every((_, index) => this.open.has(parents.slice(0, index + 1).join('/')));
  }

  private async fetch(under: string): Promise<void> {
    if (!this.inside.has(under)) this.inside.set(under, []);
    try {
      const { items } = await call('GET /api/secrets/folders', { query: under ? { under } : {} });
      this.inside = new Map(this.inside).set(under, items);
    } catch {
      // the list says what is wrong
    }
  }

  private toggle(service: string): void {
    const open = new Set(this.open);
    if (open.delete(service)) {
      this.open = open;
      return;
    }
    this.open = open.add(service);
    void this.fetch(service);
  }

  private level(under: string): TemplateResult | typeof nothing {
    const folders = this.inside.get(under) ?? [];
    if (folders.length === 0) return nothing;
    return html`<ul>
      ${folders.map(({ service, name }) => {
        const open = this.open.has(service);
        const leaf = open && this.inside.get(service)?.length === 0;
        return html`<li>
          <div class="folder">
            <button
              type="button"
              class="unfold ${leaf ? 'leaf' : ''}"
              aria-expanded=${String(open)}
              aria-label=${t(open ? 'folders.close' : 'folders.open', { name })}
              @click=${() => this.toggle(service)}
            >
              ${icon(open ? 'down' : 'right', undefined, 14)}
            </button>
            <a href=${this.address(service)} aria-current=${service === this.folder ? 'true' : nothing}>${name}</a>
          </div>
          ${open ? this.level(service) : nothing}
        </li>`;
      })}
    </ul>`;
  }

  private address(service: string): string {
    return withQuery({ service, item: undefined });
  }

  protected override render() {
    return html`<nav class="folders" aria-label=${t('folders.title')}>
      <div class="folder root">
        <a href=${this.address('')} aria-current=${this.folder ? nothing : 'true'}>${t('folders.all')}</a>
      </div>
      ${this.level('')}
    </nav>`;
  }
}
