/** Finds areas of the level on show by what is typed. */

import type { AreaRow } from '../../api/types';
import { plain } from './names';

/** The areas that the text finds, those that begin with it first, then by name. */
export function foundAreas(areas: readonly AreaRow[], text: string, compareNames: (a: string, b: string) => number): AreaRow[] {
  const wanted = plain(text);
  const bare = (name: string): string => plain(name).replace(/^(xa|phuong|thi tran|thi xa|thanh pho|huyen) /, '');
  const rank = ({ name, code }: AreaRow): number => {
    if (wanted === '' || bare(name).startsWith(wanted)) return 0;
    return plain(name).includes(wanted) || code.startsWith(wanted) ? 1 : 2;
  };
  return areas.filter((area) => rank(area) < 2).sort((a, b) => rank(a) - rank(b) || compareNames(a.name, b.name));
}
