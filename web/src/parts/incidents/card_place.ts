/** Where the card stands: beside the pointer, or beside what was chosen and over neither that nor what else lies over the map. */

import type { Bounds } from '../../api/types';
import type { Box, Size } from '../../map/framing';
import type { IncidentHit } from '../../map/incidents/hits';

const GAP_PX = 14;
const EDGE_PX = 8;
/** Half the ring around a place. */
const RING_PX = 16;

/** A point on the map in pixels from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

/** Degrees of latitude as the map draws them. */
function stretched(lat: number): number {
  return Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
}

/** Where a position lies on a map of `size` that shows `seen`. */
export function pointOn([lon, lat]: readonly [number, number], [west, south, east, north]: Bounds, size: Size): Point {
  const down = (stretched(north) - stretched(lat)) / (stretched(north) - stretched(south));
  return { x: ((lon - west) / (east - west)) * size.width, y: down * size.height };
}

/** What the card must leave free: the ring of an incident, or the square that lies open. */
export function markOf({ at, square }: IncidentHit, seen: Bounds, size: Size): Box {
  const middle = pointOn(at, seen, size);
  const ring = { left: middle.x - RING_PX, right: middle.x + RING_PX, top: middle.y - RING_PX, bottom: middle.y + RING_PX };
  if (!square) return ring;
  const [west, south, east, north] = square.bounds;
  const [from, to] = [pointOn([west, north], seen, size), pointOn([east, south], seen, size)];
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const up = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && up > 0 ? across * up : 0;
}

/** The upper left corner of a card of `size` beside `mark`: of the four sides, and the corners of the map, the one that covers least. */
export function besideMark(card: Size, mark: Box, map: Size, over: readonly Box[]): Point {
  const within = (value: number, room: number): number => Math.max(EDGE_PX, Math.min(value, room - EDGE_PX));
  const middle = { x: (mark.left + mark.right - card.width) / 2, y: (mark.top + mark.bottom - card.height) / 2 };
  const wanted = [
    { x: mark.right + GAP_PX, y: middle.y },
    { x: mark.left - GAP_PX - card.width, y: middle.y },
    { x: middle.x, y: mark.bottom + GAP_PX },
    { x: middle.x, y: mark.top - GAP_PX - card.height },
    { x: 0, y: 0 },
    { x: 0, y: map.height },
  ];
  const places = wanted.map(({ x, y }) => ({ x: within(x, map.width - card.width), y: within(y, map.height - card.height) }));
  const covered = ({ x, y }: Point): number => {
    const box = { left: x, top: y, right: x + card.width, bottom: y + card.height };
    // The mark itself counts before all else.
    return over.reduce((sum, other) => sum + overlap(box, other), overlap(box, mark) * 1000);
  };
  const least = Math.min(...places.map(covered));
  return places.find((place) => covered(place) === least) ?? { x: EDGE_PX, y: EDGE_PX };
}

function boxIn(part: Element, stage: DOMRect): Box | null {
  const { left, top, right, bottom, width } = part.getBoundingClientRect();
  if (width === 0) return null;
  return { left: left - stage.left, top: top - stage.top, right: right - stage.left, bottom: bottom - stage.top };
}

/** Puts a card that stays beside what was chosen. */
export function placeKept(card: HTMLElement, hit: IncidentHit, seen: Bounds | null): void {
  const stage = card.parentElement?.getBoundingClientRect();
  if (!stage || !seen) return void (card.style.transform = '');
  const size = { width: stage.width, height: stage.height };
  const over = ['#legend', '#tools', '#caption'].flatMap((part) => {
    const found = document.querySelector(part);
    return (found && boxIn(found, stage)) ?? [];
  });
  const { x, y } = besideMark(
    { width: card.offsetWidth, height: card.offsetHeight },
    markOf(hit, seen, mapSize(stage)),
    size,
    over,
  );
  card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

/** The map fills the stage, or less of it where a strip below is taken. */
function mapSize(stage: DOMRect): Size {
  const map = document.getElementById('map');
  return { width: map?.clientWidth ?? stage.width, height: map?.clientHeight ?? stage.height };
}

/** Puts a card that passes beside the pointer. */
export function placePassing(card: HTMLElement, point: Point): void {
  const { clientWidth, clientHeight } = card.parentElement ?? document.body;
  const right = clientWidth - card.offsetWidth - EDGE_PX;
  const below = clientHeight - card.offsetHeight - EDGE_PX;
  const x = point.x + GAP_PX > right ? point.x - GAP_PX - card.offsetWidth : point.x + GAP_PX;
  const y = Math.min(point.y + GAP_PX, below);
  card.style.transform = `translate(${Math.max(EDGE_PX, x)}px, ${Math.max(EDGE_PX, y)}px)`;
}
