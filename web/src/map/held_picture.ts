/** Holds what is on the screen while other areas are drawn beneath it, so that no picture mixes old and new ones. */

import type { Map as MapLibre } from 'maplibre-gl';

/** A browser that draws nothing, as in a hidden tab, holds nothing. */
const WAIT_MS = 1000;

/** Lets what is held go: the map itself is seen again. */
export type Release = () => void;

/** Covers the map with the picture that it shows now; a move by hand uncovers it, because the picture does not move along. */
export function holdPicture(map: MapLibre): Promise<Release> {
  const canvas = map.getCanvas();
  const held = document.createElement('canvas');
  held.className = 'held';
  const release = (): void => {
    map.off('movestart', moved);
    held.remove();
  };
  const moved = (event: { originalEvent?: unknown }): void => {
    if (event.originalEvent !== undefined) release();
  };
  return new Promise((resolve) => {
    const copy = (): void => {
      clearTimeout(late);
      held.width = canvas.width;
      held.height = canvas.height;
      held.getContext('2d')?.drawImage(canvas, 0, 0);
      canvas.after(held);
      map.on('movestart', moved);
      resolve(release);
    };
    const late = setTimeout(() => {
      map.off('render', copy);
      resolve(() => undefined);
    }, WAIT_MS);
    map.once('render', copy);
    map.triggerRepaint();
  });
}
