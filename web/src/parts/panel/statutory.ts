/** The statutory reading: the official decision first, our own check beside it, and for those who may see them the criteria. */

import type { Criterion, CriterionVerdict, JudgedUnit, StatutoryReading, Verdict } from '../../api/explanation';
import type { AreaRow } from '../../api/types';
import {
  articleText,
  checkText,
  decisionText,
  evidenceTexts,
  factTexts,
  judgedText,
  movementText,
  tallyTexts,
  unfoldedUnits,
} from '../../view/text/statutory';
import { type Child, coloured, type Drawn, element } from '../elements/element';
import { byWidth, fold } from '../elements/fold';
import { colourOf, type Scene } from '../scene';
import { section } from '../elements/section';

/** The colour of a criterion's verdict is that of the unit's which it leads to. */
const VERDICT_OF: Record<CriterionVerdict, Verdict | null> = {
  met: 'met',
  not_met: 'not_met',
  no_data: 'insufficient',
  not_applicable: null,
};

function dot(scene: Scene, verdict: Verdict | null): Drawn {
  const node = element('span', { class: 'dot', 'aria-hidden': 'true' });
  return verdict === null ? node : coloured(node, colourOf(scene, 'statutory', { statutory: verdict }));
}

function lines(texts: (string | null)[]): Drawn[] {
  return texts.filter((text): text is string => text !== null).map((text) => element('p', { class: 'fact' }, text));
}

function criterionItem(scene: Scene, criterion: Criterion): Drawn {
  const { messages } = scene;
  const verdict = messages.pick(criterion.verdict_text);
  return element(
    'li',
    { 'data-verdict': criterion.verdict },
    element(
      'p',
      { class: 'label' },
      element('span', {}, articleText(criterion, scene)),
      element('b', {}, dot(scene, VERDICT_OF[criterion.verdict]), verdict),
    ),
    element('p', {}, messages.pick(criterion.text)),
    ...lines([...factTexts(criterion, scene), ...evidenceTexts(criterion, scene)]),
  );
}

function criteria(scene: Scene, unit: JudgedUnit): Drawn | null {
  if (!unit.criteria || unit.criteria.length === 0) return null;
  return element('ol', { class: 'criteria' }, ...unit.criteria.map((criterion) => criterionItem(scene, criterion)));
}

function unitName(unit: JudgedUnit): string {
  return unit.label || unit.commune?.name || unit.unit_id;
}

/** The name of a unit with the verdict that the decision gave it. */
function unitTitle(scene: Scene, unit: JudgedUnit): Drawn {
  const { messages } = scene;
  const verdict = unit.decision?.verdict ?? 'insufficient';
  const differs = unit.agreement === 'disagrees' && element('small', {}, messages.say('legal.differs'));
  return element(
    'span',
    { class: 'label' },
    element('span', {}, unitName(unit), ' ', differs),
    element('b', {}, dot(scene, verdict), messages.say(`statutory.${verdict}`)),
  );
}

function standing(scene: Scene, unit: JudgedUnit): Drawn[] {
  return lines([decisionText(unit, scene), checkText(unit, scene), movementText(unit, scene)]);
}

/** A unit that is the area itself: no name, the criteria behind one heading. */
function soleUnit(scene: Scene, unit: JudgedUnit): Child[] {
  const list = criteria(scene, unit);
  return [
    ...standing(scene, unit),
    list && fold(`criteria-${unit.unit_id}`, byWidth(), scene.messages.say('legal.criteria'), list),
  ];
}

/** One of the units that were merged into the area. */
function mergedUnit(scene: Scene, unit: JudgedUnit, unfolded: string[]): Drawn {
  const list = criteria(scene, unit);
  const title = unitTitle(scene, unit);
  const state = unfolded.includes(unit.unit_id) ? byWidth() : 'closed';
  if (list) return fold(`unit-${unit.unit_id}`, state, title, ...standing(scene, unit), list);
  return element('div', { class: 'unit-judged' }, title, ...standing(scene, unit));
}

function units(scene: Scene, found: JudgedUnit[]): Child[] {
  const [first] = found;
  if (first && found.length === 1) return soleUnit(scene, first);
  if (!first) return [];
  const unfolded = unfoldedUnits(found);
  const count = scene.messages.sayCount('legal.merged', found.length, { n: scene.numbers.count(found.length) });
  return [
    element('p', { class: 'quiet' }, count),
    element('div', { class: 'units' }, ...found.map((unit) => mergedUnit(scene, unit, unfolded))),
  ];
}

function readingParts(scene: Scene, reading: StatutoryReading): Child[] {
  return [
    element('p', { class: 'quiet' }, judgedText(reading, scene)),
    ...lines(tallyTexts({ ...reading, counts: reading.communes ? null : (reading.counts ?? null) }, scene)),
    ...units(scene, reading.communes ?? []),
  ];
}

/** The verdict of the decision in a sentence: the second reading, beside the grade. Wider areas have none of their own. */
export function statutoryVerdict(scene: Scene, area: AreaRow): Drawn | null {
  const { statutory, level } = area;
  if (!statutory || level !== 'commune') return null;
  return element('p', { class: 'statutory' }, dot(scene, statutory), scene.messages.say(`sentence.statutory.${statutory}`));
}

/** What stands behind the verdict. */
export function statutoryPart(scene: Scene, area: AreaRow): Drawn | null {
  const { explanation, messages } = scene;
  if (!area.statutory) return null;
  const reading = typeof explanation === 'string' ? null : explanation.statutory;
  return section(
    messages.say('legal'),
    area.level !== 'commune' && element('p', {}, messages.say('legal.wider')),
    ...(reading ? readingParts(scene, reading) : []),
  );
}
