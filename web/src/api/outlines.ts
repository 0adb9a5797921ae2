/** Where an edition and its areas lie: simplified boundaries, as rings. */

import type { AreaCollection, Level } from './types';
import type { Answers } from './answers';
import { address } from './client';

type Ring = [lon: number, lat: number][];

/** An area with its outer rings, in degrees. */
export interface OutlinedArea {
  code: string;
  rings: Ring[];
}

/** The outer rings of the features of an answer. */
export function outlinesIn({ features }: Pick<AreaCollection, 'features'>): OutlinedArea[] {
  return features.map(({ geometry, properties }) => {
    const polygons = geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
    return { code: properties.code, rings: polygons.map(([shell]) => (shell ?? []) as Ring) };
  });
}

/** The areas of a level of an edition; none where they cannot be had. */
export async function outlinesOf(answers: Answers, edition: string, level: Level): Promise<OutlinedArea[]> {
  const query = new URLSearchParams({ edition, level, geometry: 'simplified' });
  return answers.later<AreaCollection>(address('areas', query)).then(outlinesIn, () => []);
}
