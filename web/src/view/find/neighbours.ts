/** Steps over the map without a mouse: the nearest area in a direction, by the points at which areas carry their names. */

/** The directions of the arrow keys. */
export type Direction = 'north' | 'south' | 'west' | 'east';
/** A point in degrees. */
export type Position = [lon: number, lat: number];

/** An area by the point at which it carries its name. */
export interface LabelPoint {
  code: string;
  at: Position;
}

/** Leaving the direction by some way costs as much as twice that way ahead. */
const ASIDE_COST = 2;
const AHEAD: Record<Direction, [east: number, north: number]> = {
  north: [0, 1],
  south: [0, -1],
  west: [-1, 0],
  east: [1, 0],
};

/** How far `to` lies from `from`, in degrees of latitude eastward and northward: enough within a province. */
function offset(from: Position, to: Position): [east: number, north: number] {
  return [(to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180), to[1] - from[1]];
}

/** The cost of stepping to an offset; infinite outside the quarter circle ahead. */
function cost([east, north]: [number, number], direction: Direction): number {
  const [x, y] = AHEAD[direction];
  const ahead = east * x + north * y;
  const aside = Math.abs(east * y) + Math.abs(north * x);
  return ahead > 0 && aside <= ahead ? ahead + ASIDE_COST * aside : Infinity;
}

function cheapest(points: LabelPoint[], costOf: (point: LabelPoint) => number): LabelPoint | null {
  let [best, least]: [LabelPoint | null, number] = [null, Infinity];
  for (const point of points) {
    const value = costOf(point);
    if (value < least) [best, least] = [point, value];
  }
  return best;
}

/** The nearest point in `direction` from `from`; none at the rim. */
export function neighbour(points: LabelPoint[], from: LabelPoint, direction: Direction): LabelPoint | null {
  return cheapest(points, (point) => (point.code === from.code ? Infinity : cost(offset(from.at, point.at), direction)));
}

/** The point nearest to a point. */
export function nearest(points: LabelPoint[], to: Position): LabelPoint | null {
  return cheapest(points, (point) => Math.hypot(...offset(to, point.at)));
}
