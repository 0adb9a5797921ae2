/** Rules in words that pick areas out, and those that were saved on this device. */

import { signal } from '@preact/signals-core';
import type { AreaRow, Grade } from '../../api/types';
import { FIRST_RULE, isSameRule, type QuadrantRule, readRules, taken, withRule } from '../../view/quadrant/rules';
import { type Child, type Drawn, element, icon, valueIn } from '../elements/element';
import { GRADES, type Scene } from '../scene';

const KEY = 'binhyen.rules';

const saved = signal(readRules(localStorage.getItem(KEY)));
/** The rule in the form. */
const drafted = signal<QuadrantRule>(saved.peek()[0] ?? FIRST_RULE);

function keep(rules: QuadrantRule[]): void {
  saved.value = rules;
  if (rules.length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(rules));
}

/** A rule as one would say it. */
export function ruleText({ messages, numbers }: Scene, { from, to, side, density }: QuadrantRule): string {
  const letters = from === to ? from : `${from}–${to}`;
  return messages.say(`quadrant.rule.${side}`, { letters, density: numbers.density(density) });
}

function letterSelect(scene: Scene, end: 'from' | 'to'): Drawn {
  const choose = (event: Event): void => {
    const letter = valueIn(event) as Grade;
    const draft = { ...drafted.peek(), [end]: letter };
    // The ends stay in their order.
    if (draft.from > draft.to) draft[end === 'from' ? 'to' : 'from'] = letter;
    drafted.value = draft;
  };
  return element(
    'select',
    { id: `rule-${end}`, 'aria-label': scene.messages.say(`quadrant.${end}`), value: drafted.value[end], change: choose },
    ...GRADES.map((grade) => element('option', { value: grade }, grade)),
  );
}

function draftForm(scene: Scene, apply: (rule: QuadrantRule) => void): Drawn {
  const { messages } = scene;
  const rule = drafted.value;
  const side = (event: Event): void => void (drafted.value = { ...rule, side: valueIn(event) as QuadrantRule['side'] });
  const density = (event: Event): void => {
    const value = Number(valueIn(event));
    if (Number.isFinite(value) && value >= 0) drafted.value = { ...drafted.peek(), density: value };
  };
  return element(
    'div',
    { class: 'rule-form', role: 'group', 'aria-label': messages.say('quadrant.rule') },
    element('span', {}, messages.say('quadrant.graded')),
    letterSelect(scene, 'from'),
    element('span', {}, '–'),
    letterSelect(scene, 'to'),
    element(
      'select',
      { id: 'rule-side', 'aria-label': messages.say('quadrant.side'), value: rule.side, change: side },
      ...(['below', 'above'] as const).map((item) => element('option', { value: item }, messages.say(`quadrant.side.${item}`))),
    ),
    element('input', {
      id: 'rule-density',
      type: 'number',
      min: 0,
      step: 0.5,
      value: rule.density,
      'aria-label': messages.say('quadrant.x'),
      change: density,
    }),
    element('span', {}, messages.say('quadrant.unit')),
    element(
      'button',
      { id: 'rule-apply', type: 'button', class: 'plain', click: () => apply(drafted.peek()) },
      messages.say('quadrant.apply'),
    ),
    element(
      'button',
      {
        id: 'rule-save',
        type: 'button',
        class: 'plain',
        disabled: saved.value.some((other) => isSameRule(other, rule)),
        click: () => keep(withRule(saved.peek(), drafted.peek())),
      },
      messages.say('quadrant.save'),
    ),
  );
}

function savedItem(
  scene: Scene,
  rule: QuadrantRule,
  index: number,
  areas: readonly AreaRow[],
  apply: (rule: QuadrantRule) => void,
): Drawn {
  const { messages, numbers } = scene;
  const text = ruleText(scene, rule);
  const remove = messages.say('quadrant.remove', { rule: text });
  return element(
    'li',
    {},
    element('button', { id: `rule-${index}`, type: 'button', class: 'link', click: () => apply(rule) }, text),
    element('b', {}, numbers.count(taken(areas, rule).length)),
    element(
      'button',
      {
        id: `rule-remove-${index}`,
        type: 'button',
        class: 'icon',
        title: remove,
        'aria-label': remove,
        click: () => keep(saved.peek().filter((other) => !isSameRule(other, rule))),
      },
      icon('M7 7l10 10M17 7 7 17'),
    ),
  );
}

/** The rule to fill in, and those that were saved with how many areas each takes now. */
export function rulesPart(scene: Scene, areas: readonly AreaRow[], pick: (codes: string[]) => void): Drawn {
  const { messages } = scene;
  const apply = (rule: QuadrantRule): void => {
    drafted.value = rule;
    pick(taken(areas, rule));
  };
  const rules: Child[] = saved.value.map((rule, index) => savedItem(scene, rule, index, areas, apply));
  return element(
    'div',
    { class: 'rules' },
    draftForm(scene, apply),
    rules.length > 0 && element('h4', {}, messages.say('quadrant.saved')),
    rules.length > 0 && element('ul', { id: 'rules-saved' }, ...rules),
  );
}
