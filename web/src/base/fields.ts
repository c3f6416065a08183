import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n/t.js';
import { icon } from './icon.js';

export interface FieldOptions {
  /** Unique on the page. */
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'email' | 'number' | 'search';
  hint?: string | TemplateResult | undefined;
  error?: string | undefined;
  optional?: boolean;
  autocomplete?: string;
  placeholder?: string;
  min?: number;
  max?: number;
  maxLength?: number;
  disabled?: boolean;
  focus?: boolean;
  lines?: number;
  mono?: boolean;
}

const described = (options: { id: string; hint?: unknown; error?: string | undefined }) =>
  [options.error ? `${options.id}-error` : '', options.hint ? `${options.id}-hint` : ''].join(' ').trim() || nothing;

function frame(options: Pick<FieldOptions, 'id' | 'label' | 'hint' | 'error' | 'optional'>, control: unknown): TemplateResult {
  return html`<div class="field">
    <label for=${options.id}
      >${options.label}${options.optional ? html` <span class="optional">${t('field.optional')}</span>` : nothing}</label
    >
    ${control}
    ${options.error
      ? html`<span class="error-text" id="${options.id}-error">${icon('error', undefined, 14)}${options.error}</span>`
      : nothing}
    ${options.hint ? html`<span class="hint" id="${options.id}-hint">${options.hint}</span>` : nothing}
  </div>`;
}

/** A labelled text input with hint and error. */
export function field(options: FieldOptions): TemplateResult {
  const secret = options.type === 'password';
  const onInput = (event: Event) => options.onInput((event.target as HTMLInputElement).value);
  if (options.lines) {
    return frame(
      options,
      html`<textarea
        class="input ${options.mono ? 'mono' : ''}"
        id=${options.id}
        rows=${options.lines}
        spellcheck="false"
        .value=${live(options.value)}
        aria-invalid=${options.error ? 'true' : nothing}
        aria-describedby=${described(options)}
        @input=${onInput}
      ></textarea>`,
    );
  }
  return frame(
    options,
    html`<input
      class="input"
      id=${options.id}
      type=${options.type ?? 'text'}
      .value=${live(options.value)}
      placeholder=${options.placeholder ?? nothing}
      autocomplete=${options.autocomplete ?? 'off'}
      autocapitalize="none"
      spellcheck=${secret ? 'false' : nothing}
      min=${options.min ?? nothing}
      max=${options.max ?? nothing}
      maxlength=${options.maxLength ?? nothing}
      inputmode=${options.type === 'number' ? 'numeric' : nothing}
      ?disabled=${options.disabled}
      ?autofocus=${options.focus}
      aria-required=${options.optional ? nothing : 'true'}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${described(options)}
      @input=${onInput}
    />`,
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function select(options: {
  id: string;
  label: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
}): TemplateResult {
  return frame(
    options,
    html`<select
      class="input"
      id=${options.id}
      aria-invalid=${options.error ? 'true' : nothing}
      aria-describedby=${described(options)}
      @change=${(event: Event) => options.onChange((event.target as HTMLSelectElement).value)}
    >
      ${options.choices.map(
        (choice) => html`<option value=${choice.value} ?selected=${choice.value === options.value}>${choice.label}</option>`,
      )}
    </select>`,
  );
}

export interface CheckOptions {
  id: string;
  label: string | TemplateResult;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
  disabled?: boolean;
}

function check(options: CheckOptions, kind: 'check' | 'check switch'): TemplateResult {
  return html`<div class="field">
    <span class=${kind}>
      <input
        type="checkbox"
        id=${options.id}
        role=${kind === 'check' ? nothing : 'switch'}
        .checked=${live(options.checked)}
        ?disabled=${options.disabled}
        aria-describedby=${described(options)}
        @change=${(event: Event) => options.onChange((event.target as HTMLInputElement).checked)}
      />
      <label for=${options.id}>${options.label}</label>
    </span>
    ${options.hint ? html`<span class="hint" id="${options.id}-hint">${options.hint}</span>` : nothing}
  </div>`;
}

export const checkbox = (options: CheckOptions): TemplateResult => check(options, 'check');
export const toggle = (options: CheckOptions): TemplateResult => check(options, 'check switch');
