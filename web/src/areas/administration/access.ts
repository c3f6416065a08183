import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call } from '../../api/client.js';
import { sentence } from '../../api/problems.js';
import type { Assignment, Explanation, Grant, Machine, Permission, RoleDetail } from '../../api/schema.js';
import { called } from '../../app/called.js';
import { Page } from '../../app/page.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { confirm } from '../../base/confirm.js';
import { emptyState, failure, pageHead, skeleton, statusTag } from '../../base/feedback.js';
import { field, select, type Choice } from '../../base/fields.js';
import { show } from '../../base/modal.js';
import { moment } from '../../base/moment.js';
import { toast, toastFailure } from '../../base/toast.js';
import { t } from '../../i18n/t.js';
import { GrantDialog } from './grant-dialog.js';
import { roleName, roleText } from './roles.js';

interface Everything {
  roles: RoleDetail[];
  assignments: Assignment[];
  grants: Grant[];
}

/** Why, in the language of the user. */
function reason(one: Explanation): string {
  const own = one.ownOnly ? ` ${t('access.own-only')}` : '';
  const password = one.asksForPassword && one.allowed ? ` ${t('access.asks-password')}` : '';
  const places = { role: roleName(one.role), pattern: one.grant?.pattern ?? '' };
  return `${t(`access.why-${one.reason}`, places)}${own}${password}`;
}

/** Roles, grants on paths, and why somebody may or may not. */
@customElement('access-page')
export class AccessPage extends Page {
  @state() private all: Everything | undefined;
  /** Those without a role have no assignment that tells of them. */
  private machines: Machine[] = [];
  @state() private failure: unknown;
  @state() private asked = { principal: '', action: 'READ_CREDENTIAL' as Permission, resource: '' };
  @state() private told: Explanation[] | undefined;

  protected override async load(): Promise<void> {
    const query = { limit: 1000 };
    try {
      const [roles, assignments, grants] = await Promise.all([
        call('GET /api/access/roles', { query }),
        call('GET /api/access/assignments', { query }),
        call('GET /api/access/grants', { query }),
      ]);
      this.all = { roles: roles.items, assignments: assignments.items, grants: grants.items };
      if (session.can('MANAGE_USER')) this.machines = (await call('GET /api/machines', { query })).items;
      this.failure = undefined;
    } catch (reason) {
      this.failure = reason;
    }
  }

  private people({ assignments }: Everything): Choice[] {
    const names = new Map(assignments.map((one) => [one.principal, called({ kind: one.kind, name: one.name ?? one.principal })]));
    for (const machine of this.machines) names.set(machine.id, called({ kind: 'MACHINE', name: machine.name }));
    return [...names].map(([value, label]) => ({ value, label }));
  }

  private isMachine({ assignments }: Everything, id: string): boolean {
    return this.machines.some((one) => one.id === id) || assignments.some((one) => one.principal === id && one.kind === 'MACHINE');
  }

  private async add(all: Everything): Promise<void> {
    const dialog = new GrantDialog();
    dialog.subjects = [
      ...all.roles.map(({ name }) => ({ value: `role:${name}`, label: roleName(name) })),
      ...this.people(all).map(({ value, label }) => ({ value: `${this.isMachine(all, value) ? 'machine' : 'user'}:${value}`, label })),
    ];
    if (await show(dialog)) await this.load();
  }

  private async take(grant: Grant): Promise<void> {
    const text = t('access.take-text', { pattern: grant.pattern });
    if (!(await confirm({ title: t('access.take'), text, action: t('access.take'), danger: true }))) return;
    try {
      await call('DELETE /api/access/grants/{grant}', { path: { grant: grant.id } });
      toast(t('state.saved'));
      await this.load();
    } catch (reason) {
      toastFailure(sentence(reason));
    }
  }

  private grants(all: Everything) {
    if (all.grants.length === 0) return emptyState({ title: t('access.none'), text: t('access.none-text'), shape: 'key' });
    return html`<ul class="list">
      ${all.grants.map((grant) => {
        const whose = grant.subject.role ? roleName(grant.subject.role) : called({ kind: grant.subject.kind, name: grant.subject.name ?? grant.subject.id ?? '' });
        return html`<li>
          <div class="main">
            <div>${statusTag(grant.effect === 'DENY' ? 'bad' : 'ok', t(`access.${grant.effect}`))} <b>${whose}</b> <code>${grant.pattern}</code></div>
            <div class="muted small">
              ${grant.permissions.map((one) => t(`permission.${one}`)).join(', ')}
              ${grant.expires ? html` · ${t('tokens.expires')} ${moment(grant.expires)}` : nothing}
            </div>
          </div>
          ${session.can('MANAGE_ACCESS')
            ? button({ label: t('access.take'), name: t('access.take-name', { pattern: grant.pattern }), onClick: () => void this.take(grant) })
            : nothing}
        </li>`;
      })}
    </ul>`;
  }

  private async ask(who: boolean): Promise<void> {
    const { principal, action, resource } = this.asked;
    try {
      this.told = who
        ? (await call('GET /api/access/who', { query: { action, resource, limit: 1000 } })).items
        : [await call('GET /api/access/explain', { query: { principal, action, resource } })];
    } catch (reason) {
      this.told = undefined;
      toastFailure(sentence(reason));
    }
  }

  private why(all: Everything) {
    const { asked } = this;
    const people = this.people(all);
    asked.principal ||= people[0]?.value ?? '';
    const set = (change: Partial<typeof asked>) => (this.asked = { ...asked, ...change });
    const empty = asked.resource.trim() === '';
    return html`<div class="columns">
        ${select({ id: 'why-who', label: t('tokens.user'), value: asked.principal, choices: people, onChange: (principal) => set({ principal }) })}
        ${select({
          id: 'why-action',
          label: t('access.permission'),
          value: asked.action,
          choices: (session.me?.permissions ?? []).map((value) => ({ value, label: t(`permission.${value}`) })),
          onChange: (action) => set({ action: action as Permission }),
        })}
        ${field({ id: 'why-resource', label: t('access.resource'), value: asked.resource, hint: t('access.resource-hint'), mono: true, onInput: (resource) => set({ resource }) })}
      </div>
      <div class="row">
        ${button({ label: t('access.ask-why'), disabled: empty, onClick: () => void this.ask(false) })}
        ${button({ label: t('access.ask-who'), disabled: empty, onClick: () => void this.ask(true) })}
      </div>
      <div role="status">
        ${this.told?.length === 0 ? html`<p>${t('access.nobody')}</p>` : nothing}
        ${this.told
          ? html`<ul class="list">
              ${this.told.map(
                (one) => html`<li>
                  <div class="main">
                    <div>${statusTag(one.allowed ? 'ok' : 'bad', one.allowed ? t('access.may') : t('access.may-not'))} <b>${called({ kind: one.kind, name: one.name ?? one.principal })}</b></div>
                    <div class="muted small">${reason(one)}</div>
                  </div>
                </li>`,
              )}
            </ul>`
          : nothing}
      </div>`;
  }

  private body(all: Everything) {
    return html`<section class="card stack">
        <h2>${t('access.grants')}</h2>
        ${this.grants(all)}
      </section>
      <section class="card stack">
        <h2>${t('access.why')}</h2>
        ${this.why(all)}
      </section>
      <section class="card stack">
        <h2>${t('access.roles')}</h2>
        <ul class="list">
          ${all.roles.map(
            (role) => html`<li>
              <div class="main">
                <div><b>${roleName(role.name)}</b></div>
                <div class="muted small">${roleText(role.name) || role.description}</div>
              </div>
              <span class="muted">${t('users.count', { n: role.holders })}</span>
            </li>`,
          )}
        </ul>
      </section>`;
  }

  protected override render() {
    const { all } = this;
    return html`<div class="page">
      ${pageHead({
        title: t('nav.access'),
        text: t('access.text'),
        actions:
          all && session.can('MANAGE_ACCESS')
            ? button({ label: t('access.add'), icon: 'plus', kind: 'primary', onClick: () => void this.add(all) })
            : nothing,
      })}
      ${this.failure ? failure(sentence(this.failure), () => void this.load()) : all ? this.body(all) : skeleton()}
    </div>`;
  }
}
