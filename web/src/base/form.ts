import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { fieldErrors, instance, sentence } from '../api/problems.js';
import { t } from '../i18n/t.js';
import { banner } from './feedback.js';

/** Values, field messages and the summary of one form. */
export class Form<V extends Record<string, unknown>> implements ReactiveController {
  errors: Record<string, string> = {};
  failure: unknown;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    readonly values: V,
    /** Messages that the host shows at fields of its own. */
    private readonly elsewhere = /^$/,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  set<K extends keyof V>(name: K, value: V[K]): void {
    this.values[name] = value;
    if (name in this.errors) {
      delete this.errors[name as string];
      if (this.ok) this.failure = undefined; // the summary spoke of what is mended
    }
    this.host.requestUpdate();
  }

  /** What the field with this name needs; `name` is also the end of its id. */
  text<K extends keyof V & string>(name: K) {
    return {
      id: `f-${name.replaceAll('.', '-')}`,
      value: String(this.values[name] ?? ''),
      error: this.errors[name],
      onInput: (value: string) => this.set(name, value as V[K]),
    };
  }

  get ok(): boolean {
    return Object.keys(this.errors).length === 0;
  }

  clear(): void {
    this.errors = {};
    this.failure = undefined;
  }

  /** Marks empty ones of these fields. */
  require(...names: Array<keyof V & string>): boolean {
    this.clear();
    for (const name of names) if (!this.values[name]) this.errors[name] = t('rule.required');
    if (!this.ok) void this.show();
    return this.ok;
  }

  /** Shows what the server said: at the fields, and as a summary that takes the focus. */
  refuse(failure: unknown): void {
    this.failure = failure;
    this.errors = {};
    for (const [name, text] of Object.entries(fieldErrors(failure))) this.errors[this.place(name)] ??= text;
    void this.show();
  }

  /** A list that is typed into one field has its messages there, whichever item is wrong. */
  private place(name: string): string {
    const list = name.replace(/\.\d+$/, '');
    return !(name in this.values) && list in this.values && !this.elsewhere.test(name) ? list : name;
  }

  private async show(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    const wrong = this.host.querySelector<HTMLElement>('.form-summary') ?? this.host.querySelector<HTMLElement>('[aria-invalid=true]');
    wrong?.focus();
  }

  summary(): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    const id = instance(this.failure);
    const others = Object.entries(this.errors).filter(([name]) => !(name in this.values) && !this.elsewhere.test(name));
    return html`<div class="form-summary" tabindex="-1">
      ${banner(
        'bad',
        html`${sentence(this.failure)} ${others.map(([name, text]) => html`<div>${name}: ${text}</div>`)}
        ${id ? html`<div class="small muted">${t('problem.instance', { id })}</div>` : nothing}`,
      )}
    </div>`;
  }
}
