/** The fold with the plot of model density against ratio, for those who plan. What draws it is loaded when it is opened. */

import { signal } from '@preact/signals-core';
import { learnLaterWords } from '../../i18n/catalogue';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import type { Scene } from '../scene';

type Parts = typeof import('./quadrant').quadrantParts;

const loaded = signal<Parts | null>(null);
let asked: Promise<void> | null = null;

async function load(): Promise<void> {
  const [{ quadrantParts }] = await Promise.all([import('./quadrant'), learnLaterWords()]);
  loaded.value = quadrantParts;
}

/** Nothing for the public, and on a level with one area. */
export function quadrantPart(scene: Scene): Drawn | null {
  const { meta, messages, view } = scene;
  if (meta.role === 'public' || view.level === 'province') return null;
  const open = (): void => void (asked ??= load().catch(() => void (asked = null)));
  const parts = loaded.value?.(scene) ?? [element('p', { class: 'quiet' }, messages.say('state.loading'))];
  return element(
    'div',
    { id: 'quadrant-part', click: open },
    fold('quadrant', 'closed', element('h3', {}, messages.say('quadrant')), ...parts),
  );
}
