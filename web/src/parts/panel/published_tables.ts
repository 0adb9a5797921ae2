/** The tables of a published site: all areas of the level on show, in the window on show. */

import { address } from '../../api/client';
import { tablePlace } from '../../api/published/site';
import { filterOf } from '../../view/view';
import type { Scene } from '../scene';

/** The address of the table on show as a file. */
export function publishedTable({ view }: Scene, format: 'csv' | 'xlsx' | 'json'): string {
  const filter = filterOf(view);
  filter.set('level', view.level);
  return address(tablePlace(filter, format === 'xlsx' ? `${view.lang}.xlsx` : format));
}
