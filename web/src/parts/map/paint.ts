/** What a layer of the style is painted with, for what is drawn beside the map in the same colours. */

import type { Scene } from '../scene';

/** A colour or a size of a layer, as written; `null` where it depends on what is drawn, or the style has no such layer. */
export function paintOf({ style }: Scene, id: string, property: string): string | number | null {
  const layer = style.layers.find((item) => item.id === id);
  const value = (layer?.paint as Record<string, unknown> | undefined)?.[property];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
