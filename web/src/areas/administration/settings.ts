import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Accent, Settings, SettingsChange } from '../../api/schema.js';
import { Page } from '../../app/page.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { failure, pageHead, skeleton } from '../../base/feedback.js';
import { field, select } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { toast } from '../../base/toast.js';
import { t } from '../../i18n/t.js';

type Name = Exclude<keyof SettingsChange, 'accent'>;

/** Least and most, as the contract says. */
const RANGES: Record<Name, [number, number]> = {
  dueSoonDays: [1, 365],
  sessionIdleMinutes: [5, 1440],
  sessionAbsoluteHours: [1, 168],
  removalHoldPercent: [1, 100],
  auditRetentionDays: [30, 3650],
};
const NAMES = Object.keys(RANGES) as Name[];
const ACCENTS: Accent[] = ['BLUE', 'TEAL', 'GREEN', 'VIOLET', 'MAGENTA', 'AMBER'];

/** Settings of the tenant. */
@customElement('settings-page')
export class SettingsPage extends Page {
  @state() private version: number | undefined;
  @state() private failure: unknown;
  @state() private busy = false;
  private readonly form = new Form(this, {
    ...(Object.fromEntries(NAMES.map((name) => [name, ''])) as Record<Name, string>),
    accent: 'BLUE' as Accent,
  });

  protected override async load(): Promise<void> {
    try {
      this.take(await call('GET /api/settings'));
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private take(settings: Settings): void {
    this.version = settings.version;
    for (const name of NAMES) this.form.set(name, String(settings[name]));
    this.form.set('accent', settings.accent);
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || this.version === undefined || !this.form.require(...NAMES)) return;
    this.busy = true;
    const { accent } = this.form.values;
    const body = { ...Object.fromEntries(NAMES.map((name) => [name, Number(this.form.values[name])])), accent } as SettingsChange;
    try {
      this.take(await call('PUT /api/settings', { version: this.version, body }));
      await session.refresh(); // it knows some of them
      toast(t('state.saved'));
    } catch (reason) {
      this.form.refuse(reason);
    } finally {
      this.busy = false;
    }
  }

  private number(name: Name): TemplateResult {
    const [min, max] = RANGES[name];
    const hint = name === 'removalHoldPercent' ? `${t('settings.removalHoldPercent-hint')} ` : '';
    return field({
      ...this.form.text(name),
      label: t(`settings.${name}`),
      type: 'number',
      min,
      max,
      hint: `${hint}${t('settings.range', { min, max })}`,
    });
  }

  private group(legend: string, ...names: Name[]) {
    return html`<fieldset class="group card">
      <legend>${legend}</legend>
      ${names.map((name) => this.number(name))}
    </fieldset>`;
  }

  private body() {
    return html`<form class="stack settings" novalidate @submit=${this.save}>
      ${this.form.summary()} ${this.group(t('settings.group-expiry'), 'dueSoonDays', 'removalHoldPercent')}
      ${this.group(t('settings.group-sessions'), 'sessionIdleMinutes', 'sessionAbsoluteHours')}
      ${this.group(t('settings.group-audit'), 'auditRetentionDays')}
      <fieldset class="group card">
        <legend>${t('settings.group-look')}</legend>
        ${select({
          id: 'f-accent',
          label: t('settings.accent'),
          value: this.form.values.accent,
          choices: ACCENTS.map((value) => ({ value, label: t(`settings.accent.${value}`) })),
          onChange: (value) => this.form.set('accent', value as Accent),
          hint: t('settings.accent-hint'),
          error: this.form.errors['accent'],
        })}
      </fieldset>
      <div>${button({ label: t('action.save'), kind: 'primary', submit: true, busy: this.busy })}</div>
    </form>`;
  }

  protected override render() {
    return html`<div class="page">
      ${pageHead({ title: t('nav.settings'), text: t('settings.text') })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : nothing}
      ${this.version !== undefined ? this.body() : this.failure ? nothing : skeleton()}
    </div>`;
  }
}
