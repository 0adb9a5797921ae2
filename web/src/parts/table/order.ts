/** Which rows of the table stand, and in which order. Pure. */

import type { AreaRow } from '../../api/types';
import { plain } from '../../view/find/names';
import type { Column, ColumnId, Groups } from './columns';

/** By which column the rows stand, and which way. */
export interface Order {
  column: ColumnId;
  direction: 'ascending' | 'descending';
}

/** The order that a click on a column's head asks for: numbers from the largest first, a second click turns it round. */
export function turned(order: Order, column: Column): Order {
  const first = column.kind === 'number' ? 'descending' : 'ascending';
  const other = first === 'ascending' ? 'descending' : 'ascending';
  return { column: column.id, direction: order.column === column.id && order.direction === first ? other : first };
}

/** Sorts by a column, equals by name; what has no value comes last either way. */
export function ordered(
  areas: AreaRow[],
  column: Column,
  direction: Order['direction'],
  groups: Groups,
  compareTexts: (a: string, b: string) => number,
): AreaRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const ranked = areas.map((area) => ({ area, rank: column.rank(area, groups) }));
  return ranked
    .sort((a, b) => {
      const byName = compareTexts(a.area.name, b.area.name);
      if (a.rank === null || b.rank === null) return Number(a.rank === null) - Number(b.rank === null) || byName;
      if (typeof a.rank === 'number' && typeof b.rank === 'number') return sign * (a.rank - b.rank) || byName;
      return sign * compareTexts(String(a.rank), String(b.rank)) || byName;
    })
    .map(({ area }) => area);
}

/** The areas whose name or group holds the text, or whose code begins with it. */
export function matching(areas: AreaRow[], text: string, groups: Groups): AreaRow[] {
  const wanted = plain(text);
  if (wanted === '') return areas;
  return areas.filter(
    (area) =>
      area.code.startsWith(wanted) || plain(area.name).includes(wanted) || plain(groups.get(area.code) ?? '').includes(wanted),
  );
}
