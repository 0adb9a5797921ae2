/** What the models of the area do: by kind over the whole province, and one by one where the reader asks. */

import { signal } from '@preact/signals-core';
import { valueOf } from '../../api/answers';
import { address } from '../../api/client';
import type { KindEffect, ModelEffect, ModelFeature, ModelKinds, Models } from '../../api/effects';
import type { AreaRow } from '../../api/types';
import { filterOf, mayFilterFreely } from '../../view/view';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** What the reader unfolded: areas whose models are listed, models whose effect is shown. */
const unfolded = signal<ReadonlySet<string>>(new Set());

function turn(key: string): void {
  const next = new Set(unfolded.value);
  if (!next.delete(key)) next.add(key);
  unfolded.value = next;
}

/** The effect of each kind by its id; empty for the public. */
export function kindEffects(scene: Scene): Map<string, KindEffect> {
  if (!mayFilterFreely(scene.meta)) return new Map();
  const known = scene.answers.of<ModelKinds>(address('models/kinds', filterOf(scene.view)));
  return new Map((valueOf(known)?.kinds ?? []).flatMap(({ id, effect }) => (effect ? [[id, effect]] : [])));
}

/**
 * The effect of a kind: the server's sentence, which says how the kind was looked at and why, and how far chance over
 * all kinds makes such a difference; without a conclusion a short line.
 */
export function effectText({ messages, numbers }: Scene, effect: KindEffect): string {
  const { verdict, sentence, q } = effect;
  if (verdict.word === 'cannot_tell') return messages.say('effect.cannot_tell');
  const chance = q == null ? '' : ` ${messages.say('effect.chance', { q: numbers.percent(q) })}`;
  return `${messages.pick(sentence)}${chance}`;
}

function kindName(scene: Scene, kind: string): string {
  const kinds = valueOf(scene.answers.of<ModelKinds>(address('models/kinds', filterOf(scene.view))));
  return scene.messages.pick(kinds?.kinds.find(({ id }) => id === kind)?.name) || kind;
}

function effectSentence(scene: Scene, id: string): Child {
  const query = new URLSearchParams({ edition: scene.view.edition });
  const known = scene.answers.of<ModelEffect>(address(`models/${encodeURIComponent(id)}/effect`, query));
  const text =
    known.state === 'here'
      ? scene.messages.pick(known.value.sentence)
      : scene.messages.say(known.state === 'waiting' ? 'state.loading' : 'effect.missing');
  return element('p', { class: 'fact' }, text);
}

function unfoldable(key: string, label: string): Drawn {
  const attributes = { id: key, type: 'button', class: 'link', 'aria-expanded': String(unfolded.value.has(key)) };
  return element('button', { ...attributes, click: () => turn(key) }, label);
}

function modelItem(scene: Scene, { properties }: ModelFeature): Drawn {
  const { messages, numbers } = scene;
  const { id, kind, started_on, review } = properties;
  const facts = [
    started_on != null && messages.say('model.since', { day: numbers.day(started_on) }),
    review != null && messages.say(`model.review.${review}`),
  ];
  const key = `model-${id}`;
  return element(
    'li',
    {},
    element('p', {}, kindName(scene, kind), ' ', element('small', {}, [id, ...facts].filter(Boolean).join(' · '))),
    unfoldable(key, messages.say('effect.ask')),
    unfolded.value.has(key) && effectSentence(scene, id),
  );
}

function modelItems(scene: Scene, area: AreaRow): Child {
  const known = scene.answers.of<Models>(address('models', filterOf(scene.view)));
  if (known.state !== 'here')
    return element('p', { class: 'quiet' }, scene.messages.say(known.state === 'waiting' ? 'state.loading' : 'effect.missing'));
  const here = (known.value.features ?? []).filter(({ properties }) => properties.code === area.code);
  const sorted = here.sort((a, b) => (a.properties.kind + a.properties.id < b.properties.kind + b.properties.id ? -1 : 1));
  return element('ul', { class: 'one-by-one' }, ...sorted.map((model) => modelItem(scene, model)));
}

/** The models of a commune one by one, listed when asked for; not for the public. */
export function modelsOneByOne(scene: Scene, area: AreaRow): Drawn | null {
  if (!mayFilterFreely(scene.meta) || area.level !== 'commune') return null;
  const key = `models-of-${area.code}`;
  return element(
    'div',
    {},
    unfoldable(key, scene.messages.say('model.list')),
    unfolded.value.has(key) && modelItems(scene, area),
  );
}
