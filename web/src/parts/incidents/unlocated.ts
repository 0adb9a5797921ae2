/** The incidents that no point of the map shows: by commune where only that is known, and those of no commune by the reason. */

import type { Ratings } from '../../api/types';
import { type Child, type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import { areasOf, type Scene } from '../scene';

const MOST_NAMED = 30;
type Term = 'by_wider_area' | 'outside' | 'unplaced' | 'district_only';
const TERMS: readonly Term[] = ['by_wider_area', 'outside', 'unplaced', 'district_only'];

function termItems({ messages, numbers }: Scene, totals: Ratings['totals']): Drawn[] {
  return TERMS.flatMap((term) => {
    const count = totals[term];
    return count == null || count === 0 ? [] : element('li', {}, messages.say(`legend.${term}`, { n: numbers.count(count) }));
  });
}

/** The fold with their number, and where they are known to belong. Without a place they have no row of their own in the list. */
export function unlocatedPart(scene: Scene): Drawn | null {
  const { messages, numbers, ratings } = scene;
  if (!ratings) return null;
  const areas = areasOf(scene)
    .filter(({ without_point: count }) => count != null && count > 0)
    .sort((a, b) => (b.without_point ?? 0) - (a.without_point ?? 0) || numbers.compare(a.name, b.name));
  const known = areas.reduce((sum, { without_point: count }) => sum + (count ?? 0), 0);
  const apart = termItems(scene, ratings.totals);
  const rest = TERMS.reduce((sum, term) => sum + (ratings.totals[term] ?? 0), 0);
  if (known + rest === 0) return null;
  const choose = (code: string) => (): void => scene.change({ area: code });
  const rows: Child[] = areas
    .slice(0, MOST_NAMED)
    .map(({ code, name, without_point: count }) =>
      element(
        'li',
        {},
        element('button', { id: `unlocated-${code}`, type: 'button', class: 'link', click: choose(code) }, name),
        element('b', {}, numbers.count(count ?? 0)),
      ),
    );
  return fold(
    'unlocated',
    'closed',
    element('h3', {}, messages.say('incidents.unlocated', { n: numbers.count(known + rest) })),
    element('p', { class: 'quiet' }, messages.say('incidents.unlocated.what')),
    apart.length > 0 && element('ul', { class: 'reasons' }, ...apart),
    rows.length > 0 && element('ol', { id: 'unlocated-areas' }, ...rows),
    areas.length > MOST_NAMED &&
      element('p', { class: 'quiet' }, messages.say('panel.more', { n: numbers.count(areas.length - MOST_NAMED) })),
  );
}
