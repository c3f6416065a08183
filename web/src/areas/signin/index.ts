import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { call, Refused } from '../../api/client.js';
import type { Me } from '../../api/schema.js';
import { logo } from '../../app/logo.js';
import { session } from '../../app/session.js';
import { button } from '../../base/button.js';
import { LightElement } from '../../base/element.js';
import { banner } from '../../base/feedback.js';
import { field } from '../../base/fields.js';
import { Form } from '../../base/form.js';
import { startWorker } from '../../base/worker.js';
import { t, tryText } from '../../i18n/t.js';
import proofUrl from './proof.worker.ts?worker&url';

interface Proof {
  challenge: string;
  nonce: string;
}

/** Finds the nonce in a worker, so that the page stays alive. */
function prove(challenge: string, difficulty: number): Promise<Proof> {
  const worker = startWorker(proofUrl);
  return new Promise<Proof>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<string>) => resolve({ challenge, nonce: event.data }));
    worker.addEventListener('error', () => reject(Refused.network()));
    worker.postMessage({ challenge, difficulty });
  }).finally(() => worker.terminate());
}

/** User name and password; after failures a proof of work. On a new server: the first run. */
@customElement('sign-in-page')
export class SignInPage extends LightElement {
  @state() private phase: 'idle' | 'asking' | 'proving' = 'idle';
  private said = '';
  private readonly form = new Form(this, { username: '', password: '' });

  override connectedCallback(): void {
    super.connectedCallback();
    const code = new URLSearchParams(location.search).get('problem');
    if (code) this.said = tryText(`problem.${code}`, t('problem.sign-in-refused'));
    document.title = `${t('signin.title')} · Holdfast`;
  }

  protected override willUpdate(): void {
    if (session.info?.needsSetup) void import('./setup.js'); // once in the life of a server
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.phase !== 'idle' || !this.form.require('username', 'password')) return;
    this.phase = 'asking';
    try {
      const me = await this.signIn();
      this.form.values.password = '';
      session.enter(me);
    } catch (failure) {
      this.form.set('password', '');
      this.form.refuse(failure);
    } finally {
      this.phase = 'idle';
    }
  }

  private async signIn(): Promise<Me> {
    const { username, password } = this.form.values;
    try {
      return await call('POST /api/auth/sign-in', { body: { username, password } });
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.code !== 'proof-required') throw failure;
      this.phase = 'proving';
      const proof = await this.proof(failure.problem.params ?? {});
      return call('POST /api/auth/sign-in', { body: { username, password, proof } });
    }
  }

  private async proof(params: Record<string, string>): Promise<Proof> {
    const { challenge, difficulty } = params;
    if (challenge && difficulty) return prove(challenge, Number(difficulty));
    const fresh = await call('GET /api/auth/challenge');
    return prove(fresh.challenge, fresh.difficulty);
  }

  protected override render() {
    if (session.info?.needsSetup) return html`<main class="sign-in"><setup-form class="card"></setup-form></main>`;
    return html`<main class="sign-in">
      <div class="card">
        <div class="brand">
          ${logo()}
          <div>
            <h1>Holdfast</h1>
            <p class="muted">${t('signin.text')}</p>
          </div>
        </div>
        <form novalidate @submit=${this.submit}>
          ${this.said && this.form.failure === undefined ? banner('bad', this.said) : nothing} ${this.form.summary()}
          ${field({ ...this.form.text('username'), label: t('signin.username'), autocomplete: 'username', focus: true, maxLength: 80 })}
          ${field({
            ...this.form.text('password'),
            label: t('signin.password'),
            type: 'password',
            autocomplete: 'current-password',
            maxLength: 128,
          })}
          <div role="status">${this.phase === 'proving' ? banner('info', t('signin.proving')) : nothing}</div>
          ${button({ label: t('signin.action'), kind: 'primary', submit: true, busy: this.phase !== 'idle' })}
        </form>
      </div>
    </main>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }
}
