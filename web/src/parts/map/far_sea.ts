/** What the inset of the sea shows beside its areas: the islands far out, and what they and the sea are called. */

import { type FarSea, ISLANDS } from '../../map/far_sea';
import type { Box } from '../../map/framing';
import type { PlacedInset } from '../../map/inset_places';
import { pointIn } from '../../map/insets';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { paintOf } from './paint';

/** An island far off is drawn no smaller, or nobody would see it. */
export const LEAST_ISLAND_PX = 5;
const REACH_PX = 6;
const LINE_PX = 16;
/** Of the name of the sea. */
const ASIDE_PX = 8;
const ABOVE_FOOT_PX = 32;
const INERT = { 'pointer-events': 'none' };

/** Where an area of islands can be pressed: they are small and lie apart. */
export function targetAround({ left, right, top, bottom }: Box): Drawn {
  const [x, y] = [left - REACH_PX, top - REACH_PX];
  const [width, height] = [right + REACH_PX - x, bottom + REACH_PX - y];
  return element('rect', { x, y, width, height, fill: 'transparent' });
}

/** The islands of the sea, as dots. */
export function islandDots(scene: Scene, sea: FarSea, { bounds, size }: PlacedInset): Drawn {
  const [r, fill] = [paintOf(scene, ISLANDS, 'circle-radius'), paintOf(scene, ISLANDS, 'circle-color')];
  const dots = sea.islands.map((at) => {
    const [cx, cy] = pointIn(at, bounds, size);
    return element('circle', { cx, cy, r });
  });
  return element('g', { fill, ...INERT }, ...dots);
}

/** A name in two lines: whose the islands are stands below what they are called. */
function linesOf(name: string): string[] {
  return name.split(/ (?=\()/);
}

/** The names of the archipelagos, each about its place. */
export function archipelagoNames({ view }: Scene, sea: FarSea, { bounds, size }: PlacedInset): Drawn {
  const names = sea.archipelagos.map(({ name, at }) => {
    const [x, y] = pointIn(at, bounds, size);
    const lines = linesOf(name[view.lang]);
    const first = y - ((lines.length - 2) * LINE_PX) / 2;
    const spans = lines.map((line, index) => element('tspan', { x, y: first + index * LINE_PX }, line));
    return element('text', { class: 'archipelago', 'text-anchor': 'middle' }, ...spans);
  });
  return element('g', INERT, ...names);
}

/** The name of the sea, in the corner of open water. */
export function seaName({ view }: Scene, { name }: FarSea, { size: { width, height } }: PlacedInset): Drawn {
  const at = { x: width - ASIDE_PX, y: height - ABOVE_FOOT_PX };
  return element('text', { ...at, class: 'sea', 'text-anchor': 'end', ...INERT }, name[view.lang]);
}

/** What the drawing of the sea is called, for those who do not see it. */
export function seaLabel({ view }: Scene, { name, archipelagos }: FarSea): string {
  return `${name[view.lang]}: ${archipelagos.map((archipelago) => archipelago.name[view.lang]).join(', ')}`;
}
