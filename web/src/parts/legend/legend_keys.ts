/** The keys of the legend: what each colour, hatching and mark of the theme on show means, in the style's own colours. */

import type { AreaRow, Grade, GradeCode } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { rounded } from '../../map/classes';
import { fillColour, patternOf } from '../../map/map_style';
import { stepBounds } from '../../map/expression';
import { ATTRIBUTE, hasValues, MOVEMENT, noneText, numberText, STATUTORY } from '../../view/text/values';
import type { Theme } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { countCircles } from './figures';
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

/** A column of a ramp: its swatches, the bound at its right edge for the eye, and its whole range in words for the ear. */
function rampColumn(swatches: Drawn[], bound: string | null, range: string): Drawn {
  const tick = bound !== null && element('span', { class: 'bound', 'aria-hidden': 'true' }, bound);
  return element('li', {}, ...swatches, tick, element('span', { class: 'unseen' }, range));
}

/** A column of the key of grades: the letter in full, and below it the same greyed by how little is known. */
function gradeColumn(scene: Scene, grade: Grade): Drawn[] {
  const [, ...greyed] = [0, ...stepBounds(fillColour(scene.style, 'grade', []))].reverse();
  return [
    swatch(scene, 'grade', { grade, reliability: 1 }),
    ...greyed.map((reliability) => swatch(scene, 'grade', { grade, reliability }, { letter: 'none' })),
  ];
}

/**
 * What stands for areas without a letter of their own: what may come with any period always, so that the legend keeps its
 * height from period to period; why there are no numbers, as far as there are such areas on show.
 */
function gradelessRows(scene: Scene): (Drawn | null)[] {
  const { messages } = scene;
  const areas = classedAreas(scene);
  const row = (area: Partial<AreaRow>, key: MessageKey): Drawn => keyRow(swatch(scene, 'grade', area), messages.say(key));
  const has = (grade: GradeCode): boolean => areas.some((area) => area.grade === grade);
  const range = element('b', { 'aria-hidden': 'true' }, 'B–C');
  return [
    row(UNCLEAR, 'legend.unclear'),
    keyRow(range, messages.say('legend.range')),
    has('insufficient') ? row({ grade: 'insufficient' }, 'legend.insufficient') : null,
    has('suppressed') ? row({ grade: 'suppressed' }, 'legend.suppressed') : null,
    noneRow(scene),
  ];
}

function gradeKey(scene: Scene): Drawn[] {
  const { messages, numbers } = scene;
  const bands = scene.meta.grade?.bands ?? [];
  const [bounds, texts] = [bands.map(numbers.bound), classTexts(bands, numbers.bound)];
  const columns = GRADES.map((grade, index) => rampColumn(gradeColumn(scene, grade), bounds[index] ?? null, texts[index] ?? ''));
  return [
    element('p', { class: 'unit' }, messages.say('legend.times', { range: '' }).trim()),
    element('ul', { class: 'ramp graded' }, ...columns),
    element('p', { class: 'unit' }, messages.say('legend.reliability.hint')),
    keyList(...gradelessRows(scene)),
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
    const above = lowest[index + 1];
    return rampColumn([swatch(scene, theme, inClass)], above === undefined ? null : numberText(above, theme, scene), text);
  });
  const middle = lowest[Math.floor(lowest.length / 2)] ?? 0;
  const isMissing = classedAreas(scene).some((area) => area[ATTRIBUTE[theme]] == null);
  return [
    element('ul', { class: 'ramp' }, ...ramp),
    keyList(unsureRow(scene, theme, middle), isMissing ? keyRow(swatch(scene, theme, {}), withoutValueText(scene, theme)) : null),
  ];
}

/** Why areas have no number under a theme. */
export function withoutValueText({ messages, meta }: Scene, theme: Theme): string {
  if (meta.role !== 'public') return messages.say('legend.none');
  const reasons: Partial<Record<Theme, MessageKey>> = { rate: 'legend.suppressed', certified: 'legend.few' };
  return messages.say(reasons[theme] ?? 'legend.none');
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
