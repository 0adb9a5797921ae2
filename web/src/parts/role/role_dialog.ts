/**
 * Signing in with a token, and what there is to do in a role. A token is tried before it is kept, and a role is left only
 * when the reader says so: without the token there is no way back.
 */

import '../../css/apart/role.css';
import { batch, effect, signal } from '@preact/signals-core';
import { Unreachable } from '../../api/client';
import { canSignIn, leaveToSignIn, type Provider, signInProvider } from '../../api/roles/provider';
import { roleOf, tokenIn } from '../../api/roles/sign_in';
import { forgetToken, hasToken, keepToken } from '../../api/token';
import type { MessageKey } from '../../i18n/messages';
import { Dialog } from '../elements/dialog';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import type { Scene } from '../scene';

const ROLES = ['planner', 'commander', 'operator'] as const;

/** The dialog of the role. */
export class RoleDialog {
  private readonly dialog = new Dialog('access');
  private readonly typed = signal('');
  private readonly isShown = signal(false);
  private readonly fault = signal<MessageKey | null>(null);
  private readonly isTrying = signal(false);
  private readonly provider = signal<Provider | null>(null);

  constructor(private readonly scene: Scene) {
    effect(() => this.fill());
  }

  open(): void {
    batch(() => {
      this.typed.value = '';
      this.fault.value = null;
      this.isShown.value = false;
    });
    if (!hasToken()) void this.findProvider();
    this.dialog.open();
    document.querySelector<HTMLElement>('#access-token, #access-reports, #access-leave')?.focus();
  }

  /** Asked each time: a provider that was away may be back. Without an answer there is the token. */
  private async findProvider(): Promise<void> {
    this.provider.value = await signInProvider().catch(() => null);
  }

  private fill(): void {
    const { messages, meta } = this.scene;
    const close = messages.say('dialog.close');
    if (hasToken())
      this.dialog.fill(messages.say('access.title', { role: messages.say(`role.${meta.role}`) }), close, ...this.inRole());
    else this.dialog.fill(messages.say('role.sign-in'), close, ...this.signingIn());
  }

  private inRole(): Child[] {
    const { messages, meta } = this.scene;
    const to = (mode: 'desk' | 'reports'): void => {
      this.dialog.close();
      this.scene.change({ mode });
    };
    const isOperator = meta.role === 'operator';
    const desk = isOperator && action('access-desk', messages.say('mode.desk'), () => to('desk'));
    const reports = isOperator && action('access-reports', messages.say('mode.reports'), () => to('reports'));
    return [
      this.roles(ROLES.slice(0, ROLES.findIndex((role) => role === meta.role) + 1)),
      element('p', { class: 'quiet' }, messages.say('access.kept')),
      element(
        'div',
        { class: 'actions' },
        reports,
        desk,
        action('access-leave', messages.say('access.leave'), () => this.leave()),
      ),
    ];
  }

  private signingIn(): Child[] {
    const { messages } = this.scene;
    return [
      element('p', {}, messages.say('access.why')),
      this.roles(ROLES),
      this.atProvider(),
      this.form(),
      element('p', { class: 'quiet' }, messages.say('access.whence')),
    ];
  }

  /** Signing in with the account of the reader's office, where the server knows its provider. */
  private atProvider(): Child {
    const provider = this.provider.value;
    if (provider === null) return false;
    const { messages } = this.scene;
    const can = canSignIn(provider);
    const click = (): void => void leaveToSignIn(provider).catch(() => (this.fault.value = 'access.unreachable'));
    const button = { id: 'access-provider', type: 'button', class: 'plain main', disabled: !can, click };
    return element(
      'div',
      { class: 'at-provider' },
      element('button', button, messages.say('access.provider')),
      element(
        'p',
        { class: 'quiet' },
        messages.say(can ? 'access.provider.where' : 'access.provider.away', { name: provider.label }),
      ),
    );
  }

  /** What roles see, each more than the one before. */
  private roles(roles: readonly (typeof ROLES)[number][]): Drawn {
    const { messages } = this.scene;
    const entry = (role: (typeof ROLES)[number]): Drawn =>
      element('div', {}, element('dt', {}, messages.say(`role.${role}`)), element('dd', {}, messages.say(`access.sees.${role}`)));
    return element('dl', { class: 'roles' }, ...roles.map(entry));
  }

  private form(): Drawn {
    const { messages } = this.scene;
    const fault = this.fault.value;
    const submit = (event: Event): void => {
      event.preventDefault();
      void this.signIn();
    };
    const input = element('input', {
      id: 'access-token',
      type: this.isShown.value ? 'text' : 'password',
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      'aria-describedby': 'access-what access-fault',
      'aria-invalid': fault === null ? null : 'true',
      value: this.typed.value,
      input: (event) => (this.typed.value = valueIn(event)),
    });
    const show = element('input', {
      id: 'access-show',
      type: 'checkbox',
      change: () => (this.isShown.value = !this.isShown.peek()),
    });
    const isEmpty = this.typed.value.trim() === '';
    const button = { id: 'access-enter', type: 'submit', class: 'plain', disabled: isEmpty || this.isTrying.value };
    return element(
      'form',
      { class: 'sign-in', submit },
      element('label', { for: 'access-token' }, messages.say('access.token')),
      input,
      element('button', button, messages.say('role.sign-in')),
      element('label', { class: 'choice', for: 'access-show' }, show, messages.say('access.show')),
      element('p', { id: 'access-fault', class: 'fault', role: 'alert' }, fault === null ? '' : messages.say(fault)),
      element('p', { id: 'access-what', class: 'quiet' }, messages.say('access.what')),
    );
  }

  /** Tries the token; the page is opened anew in the role that it gives. */
  private async signIn(): Promise<void> {
    const token = tokenIn(this.typed.peek());
    this.isTrying.value = true;
    try {
      if ((await roleOf(token)) === null) return this.refuse('access.wrong');
      keepToken(token);
      location.reload();
    } catch (error) {
      this.refuse(error instanceof Unreachable ? 'access.unreachable' : 'access.untried');
    }
  }

  private refuse(fault: MessageKey): void {
    batch(() => {
      this.isTrying.value = false;
      this.fault.value = fault;
    });
    document.querySelector<HTMLInputElement>('#access-token')?.select();
  }

  private leave(): void {
    const { messages, meta } = this.scene;
    if (!confirm(messages.say('access.leave.ask', { role: messages.say(`role.${meta.role}`) }))) return;
    forgetToken();
    location.reload();
  }
}

function action(id: string, label: string, click: () => void): Drawn {
  return element('button', { id, type: 'button', class: 'plain', click }, label);
}
