/** The chain that leads to the letter, drawn as a small waterfall on the ruler of ratios, and what would change the letter. */

import '../../css/area/chain.css';
import type { Explanation } from '../../api/explanation';
import type { AreaRow } from '../../api/types';
import { gammaBelow } from '../../view/rating/gamma';
import { type LetterStep, letterChange } from '../../view/rating/letter_change';
import { labelOf } from '../../view/text/attributes';
import { reliabilityText } from '../../view/text/why';
import { type ChainLine, chainOf } from '../../view/text/why_chain';
import { type Child, type Drawn, element } from '../elements/element';
import { gradeRuler, RULER, rulerX } from '../legend/figures';
import { scaleOf, type Scene } from '../scene';

const ROW = { height: 14, middle: 7, bar: 8 };

/** The bar from where the line before stood to where this one stands; the first line stands at the common level. */
function bar(line: ChainLine, from: number | null): Drawn | null {
  if (line.ratio === null) return null;
  const [start, end] = [rulerX(from ?? line.ratio), rulerX(line.ratio)];
  const { middle, height } = ROW;
  const common = rulerX(1);
  return element(
    'svg',
    { class: 'step', viewBox: `0 0 ${RULER.width} ${height}`, 'aria-hidden': 'true' },
    element('line', { x1: common, x2: common, y1: 0, y2: height, class: 'common' }),
    element('rect', {
      x: Math.min(start, end),
      y: middle - ROW.bar / 2,
      width: Math.max(Math.abs(end - start), 1),
      height: ROW.bar,
      class: 'moved',
    }),
    line.limits &&
      element('line', { x1: rulerX(line.limits[0]), x2: rulerX(line.limits[1]), y1: middle, y2: middle, class: 'interval' }),
    element('circle', { cx: end, cy: middle, r: 4.5, class: 'stop' }),
  );
}

function lineItem(scene: Scene, line: ChainLine, before: ChainLine | undefined, drawing: Child): Drawn {
  return element(
    'li',
    { class: `chain-${line.step}` },
    element(
      'span',
      { class: 'label' },
      element('span', {}, scene.messages.say(`why.chain.${line.step}`)),
      element('b', {}, line.value),
    ),
    line.step === 'letter' ? drawing : bar(line, before?.ratio ?? null),
    line.note && element('small', {}, line.note),
  );
}

function stepText({ messages, numbers }: Scene, step: LetterStep): string {
  const { severity, points } = step.weight;
  const values = { n: numbers.count(step.incidents), letter: step.letter, severity: messages.pick(severity).toLowerCase() };
  if (severity === null) return messages.say(step.way === 'fewer' ? 'why.change.fewer.alike' : 'why.change.more.alike', values);
  return messages.say(`why.change.${step.way}`, { ...values, points: numbers.bound(points) });
}

/** What would change the letter, in a sentence; nothing where the numbers do not say it. */
export function changeText(scene: Scene, explanation: Explanation): string | null {
  const { messages } = scene;
  const change = letterChange(explanation, gammaBelow);
  if (change === null) return null;
  if (change.kind === 'unreliable') return messages.say('why.change.unreliable');
  if (change.steps.length === 0) return messages.say('why.change.none');
  const list = change.steps.map((step) => stepText(scene, step)).join('; ');
  return messages.say('why.change.steps', { list });
}

function reliability(scene: Scene, { weighted, method }: Explanation): string | null {
  return reliabilityText(weighted?.reliability, { ...scaleOf(scene), minReliability: method.min_reliability }, scene);
}

/** The chain with its ruler, how far it can be relied upon, and what would change the letter. */
export function chainPart(scene: Scene, area: AreaRow, explanation: Explanation): Child[] {
  const { messages, meta } = scene;
  const lines = chainOf(explanation, area, meta.role, scene);
  if (lines.length === 0) return [];
  const [sure, change] = [reliability(scene, explanation), changeText(scene, explanation)];
  return [
    element(
      'ol',
      { id: 'why-chain', class: 'chain', 'aria-label': messages.say('why.chain') },
      ...lines.map((line, index) => lineItem(scene, line, lines[index - 1], gradeRuler(scene, area))),
    ),
    sure && element('p', { class: 'quiet' }, `${labelOf('reliability', scene)}: ${sure}`),
    change && element('p', { id: 'why-change' }, element('b', {}, messages.say('why.change')), ' ', change),
  ];
}
