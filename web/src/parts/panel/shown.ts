/** What the panel says first: the layer on show, of the chosen area or of all areas, and where its two readings differ. */

import type { AreaRow, GradeCode } from '../../api/types';
import { labelOf, unitOf } from '../../view/text/attributes';
import { isLetter } from '../../view/text/sentence';
import { ATTRIBUTE, hasValues, MOVEMENT, noneText, STATUTORY, valueOf, valueText } from '../../view/text/values';
import type { Theme } from '../../view/view';
import { coloured, type Drawn, element } from '../elements/element';
import { section } from '../elements/section';
import { classesOf, withoutValueText } from '../legend/legend_keys';
import { swatch } from '../legend/swatch';
import { areasOf, colourOf, GRADES, type Scene } from '../scene';
import { areaButton } from './area_button';

/** The layers whose value stands in a sentence before the letter; the others have a sentence or a part of their own. */
const NUMBERED: readonly Theme[] = ['rate', 'density', 'certified', 'count', 'movement'];

/** The value of the layer on show; nothing where the letter or the decision says it. */
export function shownValue(scene: Scene, area: AreaRow): Drawn | null {
  const { theme } = scene.view;
  if (!NUMBERED.includes(theme)) return null;
  const name = theme === 'movement' ? scene.messages.say('layer.movement') : labelOf(ATTRIBUTE[theme], scene);
  const unit = theme === 'movement' || valueOf(area, theme) === null ? '' : unitOf(ATTRIBUTE[theme], scene);
  return element(
    'p',
    { class: 'shown' },
    theme !== 'count' && swatch(scene, theme, area),
    element('span', {}, `${name}: `, element('b', {}, valueText(area, theme, scene)), unit && ` ${unit}`),
  );
}

/** Areas of one colour: an area that has it, how many there are, and what is said of them. */
interface Share {
  like: Partial<AreaRow>;
  of: AreaRow[];
  words: string;
}

function byGrade(scene: Scene, areas: AreaRow[]): Share[] {
  const codes: GradeCode[] = [...GRADES, 'range', 'insufficient', 'suppressed', 'none'];
  return codes
    .map((grade) => ({ grade, of: areas.filter((area) => (area.grade ?? 'none') === grade) }))
    .filter(({ grade, of }) => of.length > 0 || isLetter(grade))
    .map(({ grade, of }) => {
      const words = grade === 'none' ? noneText(of, scene) : isLetter(grade) ? '' : scene.messages.say(`legend.${grade}`);
      return { like: { grade, reliability: 1 }, of, words };
    });
}

function byClass(scene: Scene, areas: AreaRow[], theme: Theme): Share[] {
  const { texts, lowest } = classesOf(scene, theme);
  const classOf = (area: AreaRow): number => {
    const value = valueOf(area, theme);
    return value === null ? -1 : lowest.filter((bound) => value >= bound).length - 1;
  };
  const classes = texts.map((words, index) => ({
    like: { [ATTRIBUTE[theme]]: lowest[index] ?? 0, reliability: 1 },
    of: areas.filter((area) => classOf(area) === index),
    words,
  }));
  const without = areas.filter((area) => classOf(area) < 0);
  return without.length === 0 ? classes : [...classes, { like: {}, of: without, words: withoutValueText(scene, theme) }];
}

function sharesOf(scene: Scene, areas: AreaRow[]): Share[] {
  const { messages, view } = scene;
  switch (view.theme) {
    case 'grade':
      return byGrade(scene, areas);
    case 'statutory':
      return STATUTORY.map((statutory) => {
        const of = areas.filter((area) => area.statutory === statutory);
        return { like: { statutory }, of, words: messages.say(`statutory.${statutory}`) };
      });
    case 'movement':
      return MOVEMENT.map((movement_grade) => {
        const of = areas.filter((area) => area.movement_grade === movement_grade);
        return { like: { movement_grade }, of, words: messages.say(`movement.${movement_grade}`) };
      });
    case 'count':
    case 'clusters':
      return [];
    default:
      return byClass(scene, areas, view.theme);
  }
}

/** How many areas the layer on show colours in which way. */
export function spreadPart(scene: Scene): Drawn | null {
  const { messages, numbers, view } = scene;
  const areas = areasOf(scene);
  if (areas.length < 2 || !hasValues(areas, view.theme)) return null;
  const shares = sharesOf(scene, areas);
  if (shares.length === 0) return null;
  const most = Math.max(1, ...shares.map(({ of }) => of.length));
  const rows = shares.map(({ like, of, words }) => {
    const style = { inlineSize: `${(100 * of.length) / most}%` };
    const bar = coloured(element('span', { class: 'bar', style }), colourOf(scene, view.theme, like));
    return element(
      'li',
      {},
      swatch(scene, view.theme, like),
      element('span', { class: 'bars' }, bar),
      element('b', {}, numbers.count(of.length)),
      words === '' ? null : element('small', {}, words),
    );
  });
  const title =
    view.theme === 'grade'
      ? messages.say('panel.spread')
      : messages.say('panel.spread.layer', { layer: messages.say(`layer.${view.theme}`) });
  return section(title, element('ul', { class: 'spread' }, ...rows));
}

/** The areas whose decision our own check does not bear out, each with what was decided; nothing under another layer. */
export function disagreementPart(scene: Scene): Drawn | null {
  const { messages, numbers, view } = scene;
  if (view.theme !== 'statutory') return null;
  const found = areasOf(scene).filter(({ statutory_check }) => statutory_check === 'disagrees');
  if (found.length === 0) return null;
  const rows = found.map((area) => {
    const decided = area.statutory ? messages.say(`statutory.${area.statutory}`) : '';
    return element('li', {}, areaButton(scene, area), ' ', element('small', {}, decided));
  });
  return section(
    messages.sayCount('panel.disagree', found.length, { n: numbers.count(found.length) }),
    element('p', { class: 'quiet' }, messages.say('panel.disagree.what')),
    element('ul', { id: 'disagreements', class: 'area-buttons' }, ...rows),
  );
}
