/** Where a hit of the search leads: to itself, to the unit of the edition on show that holds it now, or into another edition. */

import type { NamedArea } from '../../api/gazetteer';
import type { Level, Meta } from '../../api/types';
import type { Entry } from './search';
import { MOST_COMPARED, type View } from '../view';

/** From this share on the whole unit lies in the other one; the rest is the grain of the borders. */
const WHOLE_FROM = 0.95;

/** The area that a choice in the search leads to. */
export interface Destination {
  edition: string;
  level: Level;
  code: string;
  /** The unit that holds a former one, and whether all of it or most of it. */
  successor: { name: string; part: 'whole' | 'most' } | null;
}

/** Whether `a` came into force before `b`; the order of the server stands in for a missing date. */
export function isFormer(a: string, b: string, meta: Meta): boolean {
  const orderOf = (id: string): number => meta.editions.findIndex((edition) => edition.id === id);
  const from = (id: string): string => meta.editions[orderOf(id)]?.valid_from ?? '';
  return a !== b && (from(a) === from(b) ? orderOf(a) < orderOf(b) : from(a) < from(b));
}

/** The area itself where its edition is on show or newer; of a former one, the area on show that holds most of it. */
export function destinationOf(area: NamedArea, view: View, meta: Meta): Destination {
  const { edition, level, code } = area;
  const holder = isFormer(edition, view.edition, meta) ? area.counterparts?.[view.edition] : null;
  if (!holder) return { edition, level, code, successor: null };
  const part = holder.share >= WHOLE_FROM ? 'whole' : 'most';
  return { edition: view.edition, level, code: holder.code, successor: { name: holder.name, part } };
}

/** Hits without the former units whose name lives on: the unit of today stands among the hits itself. */
export function withoutEchoes(hits: Entry[], view: View, meta: Meta): Entry[] {
  const shown = new Set(
    hits.filter(({ model, area }) => !model && area.edition === view.edition).map(({ area }) => `${area.code} ${area.name}`),
  );
  return hits.filter(({ area, model }) => {
    const { successor, code } = destinationOf(area, view, meta);
    return model !== null || successor === null || successor.name !== area.name || !shown.has(`${code} ${successor.name}`);
  });
}

/** The change of the view that goes to a destination; a comparison takes it in instead of turning to it. */
export function changeTo(to: Destination, view: View): Partial<View> {
  const isNear = to.edition === view.edition && to.level === view.level;
  const there: Partial<View> = isNear
    ? {}
    : { edition: to.edition, level: to.level, leveling: 'fixed', ...(to.edition !== view.edition && { camera: null }) };
  // At a desk and in the situation there is no area to be chosen.
  if (view.mode === 'desk' || view.mode === 'reports' || view.mode === 'situation')
    return { ...there, area: to.code, mode: 'map' };
  if (view.mode !== 'compare') return { ...there, area: to.code };
  const before = isNear ? view.compared : [];
  return { ...there, compared: before.includes(to.code) ? before : [...before, to.code].slice(0, MOST_COMPARED) };
}
