/** What changed since the window before: of one area in a sentence, of the province by name. */

import { valueOf } from '../../api/answers';
import { ratingsAddress } from '../../api/client';
import type { AreaRow, Ratings } from '../../api/types';
import { movesOf, periodBefore } from '../../view/text/changes';
import { endsText, isLetter } from '../../view/text/sentence';
import { filterOf } from '../../view/view';
import { trendText } from '../../view/text/why';
import { type Child, type Drawn, element } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { section } from '../elements/section';
import { areaButtons } from './area_button';

const ARROWS = { up: '↑', down: '↓' } as const;
/** Areas named before the rest is only counted. */
const NAMED = 8;

/** The area's row in the window before. */
function rowBefore(scene: Scene, area: AreaRow): AreaRow | null {
  const period = scene.ratings && periodBefore(scene.ratings, scene.meta);
  if (!period || scene.ratings?.trend?.reason) return null;
  const known = scene.answers.of<Ratings>(ratingsAddress(scene.view.level, filterOf(scene.view, period)));
  return valueOf(known)?.areas.find(({ code }) => code === area.code) ?? null;
}

function windowName(scene: Scene): string {
  const before = scene.ratings?.trend?.window;
  if (!before) return '';
  const window = scene.meta.windows.find(({ id }) => id === before.id);
  return window ? scene.messages.pick(window.name) : scene.numbers.period(before.from, before.to);
}

/** The letter of the window before, and its count where the sentence of the change has none. */
function beforeText(scene: Scene, before: AreaRow, counting: 'counted' | 'uncounted'): string {
  const { messages, numbers } = scene;
  const isGraded = isLetter(before.grade) || before.grade === 'range';
  const graded = isLetter(before.grade) ? before.grade : endsText(before);
  const grade = isGraded ? messages.say('changes.grade', { grade: graded }) : messages.say('changes.letterless');
  const count = before.incidents == null ? messages.say('value.hidden') : numbers.count(before.incidents);
  return messages.say(`changes.before.${counting}`, { window: windowName(scene), grade, n: count });
}

/** How the area moved: an arrow only where it moved beyond chance. */
export function areaChanges(scene: Scene, area: AreaRow): Drawn | null {
  const { explanation, messages } = scene;
  if (explanation === 'missing') return null;
  const trend = explanation === 'waiting' ? null : explanation.trend;
  const arrow = trend?.arrow === 'up' || trend?.arrow === 'down' ? ARROWS[trend.arrow] : null;
  const before = rowBefore(scene, area);
  const sentence = explanation === 'waiting' ? messages.say('state.loading') : trendText(trend, scene.meta.role, scene);
  return element(
    'div',
    { id: 'changes' },
    element('h3', {}, messages.say('why.trend')),
    element('p', {}, arrow && element('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow), sentence),
    before &&
      element('p', { class: 'quiet' }, beforeText(scene, before, trend?.incidents_before == null ? 'uncounted' : 'counted')),
  );
}

const MOVED = { up: 'changes.up', down: 'changes.down' } as const;

function moved(scene: Scene, arrow: 'up' | 'down', areas: AreaRow[]): Child[] {
  if (areas.length === 0) return [];
  const words = scene.messages.sayCount(MOVED[arrow], areas.length, { n: scene.numbers.count(areas.length) });
  const sign = element('span', { class: 'arrow', 'aria-hidden': 'true' }, ARROWS[arrow]);
  return [element('p', {}, sign, words), areaButtons(scene, areas, NAMED)];
}

/** Which areas moved beyond chance since the window before. */
export function provinceChanges(scene: Scene): Drawn | null {
  const areas = areasOf(scene);
  const { messages, numbers, ratings } = scene;
  if (areas.length < 2) return null;
  const moves = movesOf(areas);
  const key = `trend.reason.${ratings?.trend?.reason ?? ''}`;
  if (moves.unsaid === areas.length)
    return section(
      messages.say('why.trend'),
      element('p', { class: 'quiet' }, messages.say(messages.has(key) ? key : 'trend.none')),
    );
  return section(
    messages.say('changes.since', { window: windowName(scene) }),
    ...moved(scene, 'up', moves.up),
    ...moved(scene, 'down', moves.down),
    element('p', { class: 'quiet' }, messages.sayCount('changes.equal', moves.equal, { n: numbers.count(moves.equal) })),
    moves.unsaid > 0 && element('p', { class: 'quiet' }, messages.say('changes.unsaid', { n: numbers.count(moves.unsaid) })),
  );
}
