/** The map of a frame, once it is open: what else stands in the frame may have a place picked on it. */

import type { Map as MapLibre } from 'maplibre-gl';
import type { Picker } from '../parts/reports/host';

let opened: Picker | null = null;

/** The map is open. */
export function pickOn(map: MapLibre, stage: HTMLElement): void {
  opened = {
    stage,
    centre: () => [map.getCenter().lng, map.getCenter().lat],
    focus: () => map.getCanvas().focus(),
  };
}

/** The map to pick a place on; `null` while the frame shows a picture. */
export function openPicker(): Picker | null {
  return opened;
}
