/** What lies over the map of the page, for whoever frames it: caption, legend and buttons, or the sheet of a narrow screen. */

import { region } from '../elements/dom';
import type { Box, Covered } from '../../map/framing';

/** What stands over the map; each keeps the areas clear of itself. */
const OVER = ['legend', 'tools'];
const INSET = '#insets .inset';
/** On a narrow screen it stands at the head of the map; on a wide one beside what it is about. */
const CARD = '#incident-card[data-kept]:not([hidden])';

function boxOf(part: Element, stage: DOMRect): Box | null {
  const { left, top, right, bottom, width } = part.getBoundingClientRect();
  if (width === 0) return null;
  return { left: left - stage.left, top: top - stage.top, right: right - stage.left, bottom: bottom - stage.top };
}

/** What lies over the map; `raisedPx` is what a sheet takes from below, under which legend and caption are not shown. */
export function coveredMap(raisedPx: number, insets: 'with-insets' | 'without-insets' = 'with-insets'): Covered {
  const stage = region('map').getBoundingClientRect();
  const caption = region('caption').offsetHeight;
  const parts: Element[] = OVER.filter((id) => raisedPx === 0 || id === 'tools').map(region);
  if (insets === 'with-insets') parts.push(...document.querySelectorAll(INSET));
  if (raisedPx > 0) parts.push(...document.querySelectorAll(CARD));
  const boxes = parts.flatMap((part) => boxOf(part, stage) ?? []);
  return { belowPx: raisedPx === 0 ? caption : raisedPx, boxes };
}

/** Calls `changed` when one of them has another size, or the map has. */
export function watchCovering(changed: () => void): void {
  const observer = new ResizeObserver(changed);
  for (const id of ['map', 'caption', ...OVER]) observer.observe(region(id));
}
