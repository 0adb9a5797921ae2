/** From the scene of the page to what the map is to show. */

import type { TileJson } from '../../api/types';
import type { Look } from '../../map/map_style';
import { classedAreas, type Scene } from '../scene';

/** The look of the map for a scene. */
export function lookOf(scene: Scene, tiles: TileJson, former: TileJson | null = null): Look {
  const { view } = scene;
  return {
    tiles,
    level: view.level,
    theme: view.theme,
    overlays: view.overlays,
    lang: view.lang,
    selected: view.area,
    edition: view.edition,
    group: view.group,
    former,
    areas: classedAreas(scene),
  };
}
