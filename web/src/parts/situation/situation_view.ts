/** The situation: left what is out of the ordinary with its reason, in the middle the map against the usual, right what is new. */

import '../../css/apart/situation.css';
import { effect, signal } from '@preact/signals-core';
import { type Known, valueOf } from '../../api/answers';
import {
  type Alerts,
  alertsAddress,
  type Outlines,
  outlinesAddress,
  type Situation,
  situationAddress,
  type Span,
  SPANS,
} from '../../api/roles/situation';
import { type Child, draw, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { alertParts } from './alert_list';
import { newestParts } from './newest';
import { recentParts } from './recent';
import { unusualParts } from './unusual';
import { usualMap } from './usual_map';
import { writtenParts } from './written';

/** While the situation is looked at, it is asked for again so often. */
const AGAIN_MS = 60_000;

/** The situation in its region. */
export class SituationView {
  private readonly span = signal<Span>(7);
  private readonly pointed = signal<string | null>(null);

  constructor(
    private readonly scene: Scene,
    root: HTMLElement,
  ) {
    effect(() => {
      if (scene.view.mode !== 'situation') return;
      root.setAttribute('aria-label', scene.messages.say('mode.situation'));
      draw(root, element('div', { class: 'situation' }, ...this.parts()));
    });
    setInterval(() => {
      if (scene.view.mode === 'situation' && document.visibilityState === 'visible') void this.renew();
    }, AGAIN_MS);
  }

  private async renew(): Promise<void> {
    const { answers, view } = this.scene;
    await Promise.all([situationAddress(view.edition, this.span.peek()), alertsAddress()].map((url) => answers.renew(url)));
  }

  private parts(): Child[] {
    const { scene } = this;
    const { answers, messages } = scene;
    const { edition } = scene.view;
    const situation = answers.of<Situation>(situationAddress(edition, this.span.value));
    const alerts = answers.of<Alerts>(alertsAddress());
    const outlines = answers.of<Outlines>(outlinesAddress(edition));
    return [
      element(
        'header',
        {},
        element('h2', { id: 'situation-title', tabindex: -1 }, messages.say('mode.situation')),
        this.spans(),
        ...this.known(situation, (value) => this.heading(value, valueOf(alerts))),
      ),
      element(
        'section',
        { id: 'situation-unusual', 'aria-labelledby': 'situation-unusual-title' },
        element('h3', { id: 'situation-unusual-title' }, messages.say('situation.unusual')),
        ...this.known(alerts, (value) => alertParts(scene, value, () => void this.renew())),
        ...this.known(situation, (value) => unusualParts(scene, value)),
      ),
      element(
        'section',
        { id: 'situation-map', 'aria-labelledby': 'situation-map-title' },
        element('h3', { id: 'situation-map-title' }, messages.say('situation.map')),
        ...this.known(situation, (value) => usualMap(scene, value, valueOf(outlines), this.pointed)),
      ),
      element('div', {}, ...this.news(situation)),
    ];
  }

  /** What was written lately, and what happened last. */
  private news(situation: Known<Situation>): Child[] {
    const { scene } = this;
    const { messages } = scene;
    const title = messages.say(`situation.recent.span.${this.span.value}`);
    return [
      element(
        'section',
        { id: 'situation-recent', 'aria-labelledby': 'situation-recent-title' },
        element('h3', { id: 'situation-recent-title' }, title),
        ...this.known(situation, (value) => [...writtenParts(scene, value), ...recentParts(scene, value)]),
      ),
      element(
        'section',
        { id: 'situation-new', 'aria-labelledby': 'situation-new-title' },
        element('h3', { id: 'situation-new-title' }, messages.say('situation.new')),
        ...this.known(situation, (value) => newestParts(scene, value)),
      ),
    ];
  }

  private spans(): Drawn {
    const { messages } = this.scene;
    const buttons = SPANS.map((span) =>
      element(
        'button',
        {
          id: `situation-span-${span}`,
          type: 'button',
          'aria-pressed': String(this.span.value === span),
          click: () => (this.span.value = span),
        },
        messages.say(`situation.span.${span}`),
      ),
    );
    return element('div', { class: 'spans', role: 'group', 'aria-label': messages.say('situation.spans') }, ...buttons);
  }

  /** The days, what they say as a whole, and what limits it. */
  private heading(situation: Situation, alerts: Alerts | null): Child[] {
    const { messages, numbers } = this.scene;
    const days = situation.period ? numbers.period(situation.period.from, situation.period.to) : null;
    const notes = situation.notes.map((note) => element('p', { class: 'note' }, messages.pick(note)));
    return [
      element(
        'p',
        { class: 'verdict', 'aria-live': 'polite' },
        days !== null && element('span', { class: 'days' }, days),
        alerts !== null && alerts.open > 0 && element('b', {}, messages.pick(alerts.sentence)),
        element('b', {}, messages.pick(situation.sentence)),
      ),
      ...notes,
    ];
  }

  /** The parts of an answer; that it is on its way, or why it could not be had, in words. */
  private known<T>(answer: Known<T>, parts: (value: T) => Child[]): Child[] {
    const { messages } = this.scene;
    const value = valueOf(answer);
    if (value !== null) return parts(value);
    if (answer.state !== 'missing') return [element('p', { class: 'quiet' }, messages.say('state.loading'))];
    return [element('p', { role: 'alert' }, messages.say('situation.missing', { reason: answer.reason.message }))];
  }
}
