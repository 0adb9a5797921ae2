/** The wall: a view for a screen that nobody touches, as the address says it. It walks by itself through layers or areas. */

/** What the wall walks through. */
export const WALKS = ['layers', 'areas'] as const;
/** One of the walks of the wall. */
export type Walk = (typeof WALKS)[number];

/** How the wall walks. */
export interface Wall {
  walk: Walk;
  /** Seconds for each stop. */
  everyS: number;
}

/** What the wall does when the address does not say. */
export const USUAL_WALL: Wall = { walk: 'layers', everyS: 20 };
/** The seconds that one step of a wall may take. */
export const EVERY_S = { least: 5, most: 3600 };

/** The wall that an address asks for; `null` where it asks for none. */
export function readWall(query: URLSearchParams): Wall | null {
  if (query.get('mode') !== 'wall') return null;
  const every = Number(query.get('every') ?? NaN);
  const isSane = Number.isInteger(every) && every >= EVERY_S.least && every <= EVERY_S.most;
  return {
    walk: WALKS.find((walk) => walk === query.get('walk')) ?? USUAL_WALL.walk,
    everyS: isSane ? every : USUAL_WALL.everyS,
  };
}

/** Writes what `readWall` reads. */
export function writeWall(query: URLSearchParams, { walk, everyS }: Wall): void {
  query.set('mode', 'wall');
  if (walk !== USUAL_WALL.walk) query.set('walk', walk);
  if (everyS !== USUAL_WALL.everyS) query.set('every', String(everyS));
}
