/** Where the wall stops on its walk, and whether its numbers are as fresh as they look. */

import type { AreaRow } from '../../api/types';
import { hasValues, valueOf } from '../text/values';
import { type Theme, THEMES, type View } from '../view';

/** What one stop changes of the view. */
export type Stop = Pick<View, 'theme'> | Pick<View, 'area'>;

/** The layers that have something to show for these areas. Clusters are for a closer look than a wall gives. */
export function layerStops(areas: readonly AreaRow[]): Pick<View, 'theme'>[] {
  const shown = THEMES.filter((theme: Theme) => theme !== 'clusters' && hasValues(areas, theme));
  return shown.map((theme) => ({ theme }));
}

/** The areas that clearly differ from the common level, the highest first; of districts, all of them. */
export function areaStops(areas: readonly AreaRow[]): Pick<View, 'area'>[] {
  const worth = areas.filter(
    ({ level, difference }) => level === 'district' || difference === 'higher' || difference === 'lower',
  );
  const rate = (area: AreaRow): number => area.ratio ?? valueOf(area, 'rate') ?? 0;
  return worth.sort((a, b) => rate(b) - rate(a)).map(({ code }) => ({ area: code }));
}

/** The stop after the one on show; `null` where there is no other. */
export function nextStop<S extends Stop>(stops: readonly S[], isHere: (stop: S) => boolean): S | null {
  const next = stops[(stops.findIndex(isHere) + 1) % Math.max(stops.length, 1)];
  return next && !isHere(next) ? next : null;
}

/** What is known of the numbers on show: when the server gave them, when it was last heard, and whether it is in reach. */
export interface Freshness {
  loadedAt: Date | null;
  heardAt: Date | null;
  connection: 'online' | 'offline';
}

/** Three questions after the epoch without an answer. */
const SILENT_MS = 100_000;

/** Whether the numbers may be older than the server's. */
export function isStale({ heardAt, connection }: Freshness, now: Date): boolean {
  return connection === 'offline' || heardAt === null || now.getTime() - heardAt.getTime() > SILENT_MS;
}
