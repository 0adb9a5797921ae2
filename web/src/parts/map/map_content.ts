/** From the scene of the page to what the map is to show. */

import type { TileJson } from '../../api/types';
import type { MapContent } from '../../map/map_style';
import { clusterMarks } from '../clusters';
import { classedAreas, type Scene } from '../scene';

/** What the map shows of a scene. */
export function mapContentOf(scene: Scene, tiles: TileJson, former: TileJson | null = null): MapContent {
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
    clusters: clusterMarks(scene),
  };
}
