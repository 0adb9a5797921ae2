/** From the scene of the page to what the map is to show. */

import { type Gazetteer, gazetteerOf, outlinesOf } from '../../api/gazetteer';
import { address } from '../../api/client';
import type { TileJson } from '../../api/types';
import type { Extent } from '../../map/framing';
import type { MapContent } from '../../map/map_style';
import type { Lettered } from '../../map/lettering';
import { type Anchor, anchorsOf } from '../../view/find/anchors';
import type { Position } from '../../view/find/neighbours';
import { kindsOf } from '../../view/kinds';
import { clusterMarks } from '../clusters';
import { densityNow, hiddenGroups } from '../incidents/shared';
import { brushed } from '../quadrant/brushed';
import { areasOf, classedAreas, extentOf, formerEdition, type Scene } from '../scene';

/** Resolves when the names that the map shows at first are here, or cannot be had. */
export async function namesHere(scene: Scene): Promise<void> {
  await scene.answers.later<Gazetteer>(address('gazetteer')).catch(() => null);
}

/** What the map is framed on: the edition on show, with its outline where that can be had. */
export async function outlinedExtent(scene: Scene): Promise<Extent | null> {
  const extent = extentOf(scene);
  const areas = await outlinesOf(scene.answers, scene.view.edition, 'province');
  return extent && { ...extent, outline: areas.flatMap(({ rings }) => rings) };
}

/** The names by which the map is read. */
export function anchorsIn(scene: Scene, gazetteer: Gazetteer): Anchor[] {
  const { edition, level } = scene.view;
  return anchorsOf({ gazetteer, edition, level, former: formerEdition(scene)?.id ?? null, rows: areasOf(scene) });
}

/** The same with the points that they name, the most important first. */
export function anchorPoints(scene: Scene, gazetteer: Gazetteer): { name: string; at: Position }[] {
  return anchorsIn(scene, gazetteer).flatMap(({ code, level, name }) => {
    const area = gazetteer.areas.find(
      (item) => item.edition === scene.view.edition && item.level === level && item.code === code,
    );
    return area ? [{ name, at: area.label }] : [];
  });
}

/** The points of the areas on show, the largest first. */
function letteredOf(scene: Scene, { areas }: Gazetteer): Lettered[] {
  const { edition, level } = scene.view;
  const points = new Map(
    areas.filter((area) => area.edition === edition && area.level === level).map((area) => [area.code, area]),
  );
  const rows = [...areasOf(scene)].sort((a, b) => (b.area_km2 ?? 0) - (a.area_km2 ?? 0));
  return rows.flatMap(({ code, grade }) => {
    const at = points.get(code)?.label;
    return at ? [{ code, at, width: grade === 'range' ? ('range' as const) : ('letter' as const) }] : [];
  });
}

/** What the map shows of a scene. */
export function mapContentOf(scene: Scene, tiles: TileJson, former: TileJson | null = null): MapContent {
  const { view } = scene;
  const { edition, level } = view;
  const gazetteer = gazetteerOf(scene.answers);
  return {
    tiles,
    level,
    theme: view.theme,
    overlays: view.overlays,
    lang: view.lang,
    selected: view.area,
    edition,
    group: view.group,
    former,
    areas: classedAreas(scene),
    clusters: clusterMarks(scene),
    groups: kindsOf(scene.meta).map(({ id, categories }) => ({ id, categories: categories.map((category) => category.id) })),
    hiddenGroups: [...hiddenGroups.value],
    density: densityNow(),
    pickedOut: brushed.value,
    anchors: gazetteer ? anchorsIn(scene, gazetteer) : [],
    insets: [],
    isSeaTaken: false,
    letters: gazetteer ? letteredOf(scene, gazetteer) : [],
  };
}
