/** Which areas are compared, and how picking adds and removes them. */

import { MOST_COMPARED, type View } from '../view';

/** How an area was picked: by itself, or to stand beside those already there. */
export type Picked = 'alone' | 'added';

/** `compared` with `code` added at its end, or taken out when it is there; a full comparison takes no more. */
export function toggled(compared: string[], code: string): string[] {
  if (compared.includes(code)) return compared.filter((item) => item !== code);
  return compared.length < MOST_COMPARED ? [...compared, code] : compared;
}

/** The areas on show: those picked, or else the selected one. */
export function comparedAreas({ compared, area }: View): string[] {
  return compared.length === 0 && area !== null ? [area] : compared;
}

/** What picking an area on the map changes: a second pick, or one beside another, is about the comparison. */
export function pickedOnMap(view: View, code: string | null, how: Picked): Partial<View> {
  if (code === null || (how === 'alone' && code !== view.area)) return { area: code };
  const before = how === 'added' && view.area !== code ? comparedAreas(view) : view.compared;
  const compared = toggled(before, code);
  return view.area === null ? { compared, area: code } : { compared };
}
