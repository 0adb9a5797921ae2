/** The operator's desk: how the server does, imports with their reports, incidents without a point, tokens in use. */

import '../../css/apart/desk.css';
import { effect, signal } from '@preact/signals-core';
import { valueOf, type Known } from '../../api/answers';
import { type Desk, deskAddress, type Imports, importsAddress, type Tokens, tokensAddress } from '../../api/roles/desk';
import { healthLines } from '../../view/desk/health';
import { type Child, draw, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { importParts } from './imports';
import { placeParts } from './places';
import { tokenParts } from './tokens';

/** While the desk is looked at, it is asked for again so often. */
const AGAIN_MS = 30_000;

/** The desk in its region. */
export class DeskView {
  private readonly opened = signal<number | null>(null);
  private readonly askedAt = signal(new Date());

  constructor(
    private readonly scene: Scene,
    root: HTMLElement,
  ) {
    effect(() => {
      if (scene.view.mode !== 'desk') return;
      root.setAttribute('aria-label', scene.messages.say('mode.desk'));
      draw(root, element('div', { class: 'desk' }, ...this.parts()));
    });
    setInterval(() => {
      if (scene.view.mode === 'desk' && document.visibilityState === 'visible') void this.renew();
    }, AGAIN_MS);
  }

  private async renew(): Promise<void> {
    const { answers } = this.scene;
    await Promise.all([deskAddress(), importsAddress(), tokensAddress()].map((url) => answers.renew(url)));
    this.askedAt.value = new Date();
  }

  private async renewAsAsked(): Promise<void> {
    await this.renew();
    this.scene.announce(this.scene.messages.say('desk.renewed'));
  }

  private parts(): Child[] {
    const { scene } = this;
    const { answers, messages, numbers } = scene;
    const desk = answers.of<Desk>(deskAddress());
    const at = messages.say('desk.at', { at: numbers.time(this.askedAt.value) });
    return [
      element(
        'header',
        {},
        element('h2', { id: 'desk-title', tabindex: -1 }, messages.say('mode.desk')),
        element('p', { class: 'quiet' }, at),
        element(
          'button',
          { id: 'desk-renew', type: 'button', class: 'plain', click: () => void this.renewAsAsked() },
          messages.say('desk.renew'),
        ),
      ),
      element('p', { class: 'quiet' }, messages.say('desk.what')),
      this.section('health', ...this.known(desk, (value) => [this.healthList(value)])),
      this.section('imports', ...this.importSection()),
      this.section('places', ...this.known(desk, (value) => placeParts(scene, value))),
      this.section('tokens', ...this.known(answers.of<Tokens>(tokensAddress()), (value) => tokenParts(scene, value))),
    ];
  }

  private section(name: 'health' | 'imports' | 'places' | 'tokens', ...children: Child[]): Drawn {
    const id = `desk-${name}`;
    const title = element('h3', { id: `${id}-title` }, this.scene.messages.say(`desk.${name}`));
    return element('section', { id, 'aria-labelledby': `${id}-title` }, title, ...children);
  }

  /** The parts of an answer; that it is on its way, or why it could not be had, in words. */
  private known<T>(answer: Known<T>, parts: (value: T) => Child[]): Child[] {
    const { messages } = this.scene;
    const value = valueOf(answer);
    if (value !== null) return parts(value);
    if (answer.state !== 'missing') return [element('p', { class: 'quiet' }, messages.say('state.loading'))];
    return [element('p', { role: 'alert' }, messages.say('desk.missing', { reason: answer.reason.message }))];
  }

  private healthList(desk: Desk): Drawn {
    const { messages, numbers } = this.scene;
    const lines = healthLines(desk, messages, numbers).map(({ care, text }) =>
      element('li', { class: care }, element('b', {}, messages.say(`desk.care.${care}`)), element('span', {}, text)),
    );
    return element('ul', { class: 'health' }, ...lines);
  }

  private importSection(): Child[] {
    const { scene, opened } = this;
    const open = (number: number): void => {
      opened.value = opened.peek() === number ? null : number;
    };
    const answer = scene.answers.of<Imports>(importsAddress());
    return this.known(answer, (value) => importParts(scene, value, { opened: opened.value, open }));
  }
}
