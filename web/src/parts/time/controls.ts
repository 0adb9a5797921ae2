/** The buttons and choices of the timeline: back, play, forward; the length of a step, the speed. */

import { STEPS, type Step } from '../../view/time/time';
import { type Drawn, element, icon } from '../elements/element';
import type { Scene } from '../scene';

/** Steps a second. */
export const SPEEDS = [0.5, 1, 2, 4];

/** What decides which controls can be used. */
export interface ControlState {
  playing: 'playing' | 'resting';
  step: Step;
  speed: number;
  canPlay: boolean;
  canGoBack: boolean;
  canGoOn: boolean;
  /** Only released windows can be chosen, so the length of a step is not the reader's. */
  steps: 'free' | 'released';
}

/** What the controls ask of the timeline. */
export interface ControlActions {
  play(): void;
  go(count: number): void;
  choose(step: Step): void;
  hurry(speed: number): void;
}

function button(id: string, strokes: string, label: string, enabled: boolean, click: () => void): Drawn {
  return element(
    'button',
    { id, type: 'button', class: 'icon', title: label, 'aria-label': label, disabled: !enabled, click },
    icon(strokes),
  );
}

/** The buttons back, play or pause, and forward. */
export function buttonParts({ messages }: Scene, state: ControlState, actions: ControlActions): Drawn[] {
  const isPlaying = state.playing === 'playing';
  return [
    button('time-back', 'M18 6l-8 6 8 6zM6 6v12', messages.say('time.back'), state.canGoBack, () => actions.go(-1)),
    button(
      'time-play',
      isPlaying ? 'M8 6v12M16 6v12' : 'M8 5l11 7-11 7z',
      messages.say(isPlaying ? 'time.pause' : 'time.play'),
      isPlaying || state.canPlay,
      () => actions.play(),
    ),
    button('time-forward', 'M6 6l8 6-8 6zM18 6v12', messages.say('time.forward'), state.canGoOn, () => actions.go(1)),
  ];
}

function choice<T extends string>(
  id: string,
  label: string,
  options: [value: T, text: string][],
  chosen: T,
  choose: (value: T) => void,
): Drawn {
  const picked = (event: Event): void => choose((event.target as HTMLSelectElement).value as T);
  const list = options.map(([value, text]) => element('option', { value, selected: value === chosen }, text));
  return element('select', { id, 'aria-label': label, title: label, change: picked }, ...list);
}

/** The lists of step lengths and speeds; the public steps by years alone. */
export function optionParts({ messages, numbers }: Scene, state: ControlState, actions: ControlActions): Drawn[] {
  const steps = STEPS.map((step): [Step, string] => [step, messages.say(`time.step.${step}`)]);
  const speeds = SPEEDS.map((speed): [string, string] => [
    String(speed),
    messages.say('time.speed.of', { n: numbers.bound(speed) }),
  ]);
  const step = choice('time-step', messages.say('time.step'), steps, state.step, actions.choose);
  const speed = choice('time-speed', messages.say('time.speed'), speeds, String(state.speed), (value) =>
    actions.hurry(Number(value)),
  );
  return state.steps === 'free' ? [step, speed] : [speed];
}
