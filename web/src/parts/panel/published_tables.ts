/** The tables of a published site: all areas of the level on show, in the window on show. */

import { address } from '../../api/client';
import type { Scene } from '../scene';

/** The address of the table on show as a file; `src/export/site/plan.rs` says where they lie. */
export function publishedTable({ view }: Scene, format: string): string {
  const { edition, period, scheme, level, lang } = view;
  const numbers = ['window' in period && period.window, scheme].filter(Boolean).join();
  return address(`tables/${edition}/${numbers}/${level}.${format === 'xlsx' ? `${lang}.` : ''}${format}`);
}
