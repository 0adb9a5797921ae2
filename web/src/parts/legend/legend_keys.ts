/** The keys of the legend: what each colour, hatching and mark of the theme on show means, in the style's own colours. */

import type { AreaRow } from '../../api/types';
import { rounded } from '../../map/classes';
import { fillColour, patternOf } from '../../map/map_style';
import { stepBounds } from '../../map/expression';
import { ATTRIBUTE, hasValues, MOVEMENT, noneText, numberText, STATUTORY } from '../../view/text/values';
import type { Theme } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { countCircles, reliabilityFan } from './figures';
import { clusterSentence, clustersHere } from '../clusters';
import { areasOf, classedAreas, GRADES, type Scene } from '../scene';
import { lineSwatch, swatch } from './swatch';

/** An area that does not clearly differ from the common level: muted on the map, whatever its letter. */
export const UNCLEAR: Partial<AreaRow> = { grade: 'range', difference: 'not_clearly_different' };

/** A mark of the map beside what it means. */
export function keyRow(mark: Drawn, text: string): Drawn {
  return element('li', {}, mark, element('span', {}, text));
}

/** Rows of a key, two to a line where there is room. */
export function keyList(...rows: (Drawn | null)[]): Drawn {
  return element('ul', { class: 'key wide' }, ...rows);
}

/** "≤ 0,5", "0,5–0,8", …, "> 2" for ascending bounds. */
export function classTexts(bounds: number[], format: (value: number) => string): string[] {
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (first === undefined || last === undefined) return [];
  const between = bounds.slice(1).map((bound, index) => `${format(bounds[index] ?? 0)}–${format(bound)}`);
  return [`≤ ${format(first)}`, ...between, `> ${format(last)}`];
}

/** "< 10", "10–20", …, "≥ 50" for ascending bounds of half-open classes. The whole of a share has no "≥". */
export function halfOpenTexts(bounds: number[], format: (value: number) => string): string[] {
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (first === undefined || last === undefined) return [];
  // A unit that both ends share is written once.
  const bare = (value: number): string => format(value).replace(/\u00a0%$/, '');
  const between = bounds.slice(1).map((bound, index) => `${bare(bounds[index] ?? 0)}–${format(bound)}`);
  return [`< ${format(first)}`, ...between, `≥ ${format(last)}`];
}

/** Why areas on show have neither letter nor range, where there are such. */
function noneRow(scene: Scene): Drawn | null {
  const without = areasOf(scene).filter(({ grade }) => grade === 'none');
  return without.length === 0 ? null : keyRow(swatch(scene, 'grade', { grade: 'none' }), noneText(without, scene));
}

function gradeKey(scene: Scene): Drawn[] {
  const { messages } = scene;
  const bands = classTexts(scene.meta.grade?.bands ?? [], scene.numbers.bound);
  const rows = GRADES.map((grade, index) => keyRow(swatch(scene, 'grade', { grade, reliability: 1 }), bands[index] ?? ''));
  const hint = messages.say('legend.reliability.hint');
  return [
    element(
      'div',
      { class: 'fan-and-key' },
      element('figure', {}, reliabilityFan(scene, hint), element('figcaption', {}, hint)),
      element(
        'div',
        {},
        element('p', { class: 'unit' }, messages.say('legend.times', { range: '' }).trim()),
        element('ul', { class: 'key' }, ...rows),
      ),
    ),
    keyList(
      keyRow(swatch(scene, 'grade', UNCLEAR), messages.say('legend.unclear')),
      keyRow(element('b', { 'aria-hidden': 'true' }, 'B–C'), messages.say('legend.range')),
      keyRow(swatch(scene, 'grade', { grade: 'insufficient' }), messages.say('legend.insufficient')),
      keyRow(swatch(scene, 'grade', { grade: 'suppressed' }), messages.say('legend.suppressed')),
      noneRow(scene),
    ),
  ];
}

/** The texts of the classes of a theme of numbers, and the lowest value of each. */
export function classesOf(scene: Scene, theme: Theme): { texts: string[]; lowest: number[] } {
  const bounds = stepBounds(fillColour(scene.style, theme, classedAreas(scene)));
  const texts = halfOpenTexts(bounds, (value) => numberText(value, theme, scene));
  const isWhole = bounds.at(-1) === 1 && theme === 'certified';
  if (isWhole) texts[texts.length - 1] = numberText(1, theme, scene);
  return { texts, lowest: [0, ...bounds] };
}

/** Where the map hatches numbers that rest on little, what the hatching means. */
function unsureRow(scene: Scene, theme: Theme, value: number): Drawn | null {
  const { messages, numbers, style } = scene;
  const unsure: Partial<AreaRow> = { [ATTRIBUTE[theme]]: value, reliability: 0 };
  const [step] = stepBounds(fillColour(style, 'grade', []));
  if (patternOf(style, theme, unsure) === null || step === undefined) return null;
  return keyRow(swatch(scene, theme, unsure), messages.say('legend.unsure', { value: numbers.bound(step) }));
}

function scaleKey(scene: Scene, theme: Theme): Drawn[] {
  const { texts, lowest } = classesOf(scene, theme);
  const ramp = texts.map((text, index) => {
    const inClass: Partial<AreaRow> = { [ATTRIBUTE[theme]]: lowest[index] ?? 0, reliability: 1 };
    return element('li', {}, swatch(scene, theme, inClass), element('span', {}, text));
  });
  const middle = lowest[Math.floor(lowest.length / 2)] ?? 0;
  const none = scene.messages.say(scene.meta.role === 'public' && theme === 'rate' ? 'legend.suppressed' : 'legend.none');
  return [
    element('ul', { class: 'ramp' }, ...ramp),
    keyList(unsureRow(scene, theme, middle), keyRow(swatch(scene, theme, {}), none)),
  ];
}

function statutoryKey(scene: Scene): Drawn[] {
  const { messages } = scene;
  const rows = STATUTORY.map((statutory) =>
    keyRow(swatch(scene, 'statutory', { statutory }), messages.say(`statutory.${statutory}`)),
  );
  const differs = areasOf(scene).some((area) => area.statutory_check === 'disagrees');
  const ring = differs ? keyRow(lineSwatch(scene, 'area-statutory-check'), messages.say('legend.disagrees')) : null;
  return [keyList(...rows, ring)];
}

function movementKey(scene: Scene): Drawn[] {
  const rows = MOVEMENT.map((movement_grade) =>
    keyRow(swatch(scene, 'movement', { movement_grade }), scene.messages.say(`movement.${movement_grade}`)),
  );
  return [keyList(...rows, keyRow(swatch(scene, 'movement', {}), scene.messages.say('legend.none')))];
}

/** The mark of clusters with what each holds; the code of no area stands for all that the page marks. */
function clusterKey(scene: Scene): Drawn[] {
  const { messages } = scene;
  const clusters = clustersHere(scene);
  const rows = clusters.map(({ label }) => keyRow(swatch(scene, 'clusters', { code: '' }), messages.pick(label)));
  const outside = keyRow(swatch(scene, 'clusters', {}), messages.say('clusters.outside'));
  return [element('p', { class: 'quiet' }, clusterSentence(scene)), keyList(...rows, outside)];
}

function countKey(scene: Scene): Drawn[] {
  const most = Math.max(0, ...areasOf(scene).map((area) => area.incidents ?? 0));
  if (most <= 0) return [];
  const sizes = [...new Set([most / 25, most / 4, most].map(rounded))].filter((count) => count >= 1);
  return [countCircles(scene, sizes)];
}

/** The key of the theme on show. */
export function keyOf(scene: Scene): Drawn[] {
  const { theme } = scene.view;
  if (theme === 'clusters') return clusterKey(scene);
  if (scene.ratings && !hasValues(areasOf(scene), theme))
    return [element('p', { class: 'quiet' }, scene.messages.say('legend.empty'))];
  switch (theme) {
    case 'grade':
      return gradeKey(scene);
    case 'statutory':
      return statutoryKey(scene);
    case 'movement':
      return movementKey(scene);
    case 'count':
      return countKey(scene);
    default:
      return scaleKey(scene, theme);
  }
}
