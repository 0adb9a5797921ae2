/** The fold of the panel that says why. What fills it is loaded with the first explanation that somebody asks for. */

import { signal } from '@preact/signals-core';
import type { AreaRow } from '../../api/types';
import { withWords } from '../../i18n/catalogue';
import { type Child, type Drawn, element } from '../elements/element';
import { byWidth, fold } from '../elements/fold';
import type { Scene } from '../scene';

type Reasons = typeof import('./why').reasons;

/** What draws the reasons, once it is here. */
const loaded = signal<Reasons | null>(null);
let asked: Promise<void> | null = null;

async function load(): Promise<void> {
  const { reasons } = await withWords(import('./why'));
  loaded.value = reasons;
}

/** What draws the reasons; asked for at the first mention, and again after a failure. */
function reasonsPart(): Reasons | null {
  asked ??= load().catch(() => void (asked = null));
  return loaded.value;
}

/** The part of the panel that says why; while the explanation is on its way, that it is. */
export function whyPart(scene: Scene, area: AreaRow): Drawn {
  const { explanation, messages } = scene;
  const waiting = (key: 'state.loading' | 'why.missing'): Child[] => [element('p', { class: 'quiet' }, messages.say(key))];
  const reasons = reasonsPart();
  const children =
    explanation === 'missing'
      ? waiting('why.missing')
      : explanation === 'waiting' || reasons === null
        ? waiting('state.loading')
        : reasons(scene, area, explanation);
  return fold('why', byWidth(), element('h3', {}, messages.say('panel.why')), ...children);
}
