import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page } from '../../app/page.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { banner, breadcrumb, emptyState, failure, pageHead, skeleton, statusTag, tabs, type Tone } from '../../base/feedback.js';
import { checkbox, field, select, toggle } from '../../base/fields.js';
import '../../base/filter.js';
import '../../base/grid.js';
import '../../base/menu.js';
import { copyable, secretField } from '../../base/secret.js';
import { strengthMeter } from '../../base/strength.js';
import { timeline } from '../../base/timeline.js';
import { toast, toastFailure } from '../../base/toast.js';
import { LocalRows } from '../../base/window.js';

interface Row {
  id: string;
  name: string;
  number: number;
}

const ROWS = new LocalRows<Row>(Array.from({ length: 10_000 }, (_, n) => ({ id: String(n), name: `row ${n}`, number: n * 7 })));
const TONES: Tone[] = ['ok', 'info', 'warn', 'bad', 'none'];
const DAYS = Array.from({ length: 90 }, (_, n) => ({
  day: new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
  count: n % 6 === 0 ? n : 0,
}));

/** Every component in every state; in development builds only, and therefore not translated. */
@customElement('gallery-page')
export class GalleryPage extends Page {
  @state() private text = 'text';
  @state() private on = true;
  @state() private values: string[] = ['a'];

  protected override load(): void {}

  private section(title: string, ...content: unknown[]) {
    return html`<section><h2>${title}</h2>${content}</section>`;
  }

  private controls() {
    const onInput = (value: string) => (this.text = value);
    const onChange = (on: boolean) => (this.on = on);
    return this.section(
      'Fields',
      html`<div class="columns">
        ${field({ id: 'g1', label: 'Field', value: this.text, onInput, hint: 'A hint' })}
        ${field({ id: 'g2', label: 'Wrong', value: this.text, onInput, error: 'What would be right' })}
        ${field({ id: 'g3', label: 'Disabled', value: this.text, onInput, disabled: true })}
        ${field({ id: 'g4', label: 'Lines', value: this.text, onInput, lines: 3, optional: true })}
        ${select({ id: 'g5', label: 'Select', value: 'b', choices: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }], onChange: onInput })}
        ${checkbox({ id: 'g6', label: 'Check box', checked: this.on, onChange })}
        ${toggle({ id: 'g7', label: 'Switch', checked: this.on, onChange, hint: 'A hint' })}
      </div>`,
      strengthMeter({ score: 2, accepted: false, warning: 'A common password', suggestions: ['Add a word'] }),
    );
  }

  private overlays() {
    const secret = { of: 'root at esxi-01', fetch: async () => 'S3cret!0OlI1', failed: String };
    return this.section(
      'Overlays and secrets',
      html`<div class="row">
        ${button({ label: 'Dialog', onClick: () => void confirm({ title: 'Sure?', text: 'It cannot be undone.', action: 'Do it', danger: true, typed: 'name' }) })}
        ${button({ label: 'Toast', onClick: () => toast('Saved', { label: 'Undo', onClick: () => {} }) })}
        ${button({ label: 'Failure', onClick: () => toastFailure('It failed') })}
        <ui-menu label="Menu" .items=${[{ label: 'Edit' }, { label: 'Delete', danger: true, apart: true }]}></ui-menu>
        <ui-filter
          label="Filter"
          .options=${['a', 'b', 'c'].map((value) => ({ value, label: value, count: 3 }))}
          .values=${this.values}
          @values=${(event: CustomEvent<string[]>) => (this.values = event.detail)}
        ></ui-filter>
        ${secretField(secret)} ${copyable('administrator', 'Copy')}
      </div>`,
    );
  }

  private grid() {
    const columns = [
      { id: 'name', label: 'Name', min: 10, sort: 'name', card: 'lead', cell: (row: Row) => row.name },
      { id: 'number', label: 'Number', min: 6, end: true, cell: (row: Row) => String(row.number) },
    ];
    return this.section(
      'Grid of 10,000 rows',
      html`<ui-grid class="gallery-grid" label="Grid" .columns=${columns} .rows=${ROWS} .key=${(row: Row) => row.id} sort="name" pickable></ui-grid>`,
    );
  }

  protected override render() {
    const kinds = ['primary', 'plain', 'quiet', 'danger', 'danger primary'] as const;
    return html`<div class="page gallery">
      ${pageHead({ title: 'Gallery', text: 'Every component in every state.', actions: button({ label: 'Primary', kind: 'primary', icon: 'plus' }) })}
      ${this.section(
        'Buttons',
        html`<div class="row">${kinds.map((kind) => button({ label: kind, kind, icon: 'check' }))}
          ${button({ label: 'Busy', busy: true })} ${button({ label: 'Off', disabled: true })} ${button({ label: 'Icon', icon: 'edit', bare: true })}</div>`,
      )}
      ${this.controls()} ${this.overlays()}
      ${this.section('Status', html`<div class="row">${TONES.map((tone) => statusTag(tone, tone))} <span class="tag">tag</span></div>`)}
      ${this.section('Banners', ...TONES.slice(0, 4).map((tone) => banner(tone, `A banner: ${tone}`, button({ label: 'Act' }))), failure('It failed', () => {}))}
      ${this.section(
        'Way-finding',
        breadcrumb([{ label: 'Up', href: '/dashboard' }, { label: 'Here' }]),
        tabs([{ id: 'a', label: 'One', href: '?tab=a' }, { id: 'b', label: 'Two', href: '?tab=b' }], 'a', 'Tabs'),
      )}
      ${this.section('Waiting and empty', skeleton(3), emptyState({ title: 'Nothing yet', text: 'One sentence.', action: button({ label: 'Add', kind: 'primary' }) }))}
      ${this.section('Timeline', timeline(DAYS, { label: 'Expiry', soon: 30, href: () => '/dev/gallery' }))} ${this.grid()}
    </div>`;
  }
}
