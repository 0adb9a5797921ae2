/** Every area of every edition by name, and where each of them lies in the other editions: what the search runs on. And the shapes of areas. */

import type { AreaCollection, Level } from './types';
import type { Schemas } from './schemas';
import type { Answers } from './answers';
import { valueOf } from './answers';
import { address } from './client';

/** All names of the server in one answer. */
export type Gazetteer = Schemas['GazetteerAnswer'];

type Listed = Gazetteer['areas'][number];
type Looked = 'label' | 'counterparts';
/** An area by name; where it lies, and in other editions, only the gazetteer says. */
export type NamedArea = Omit<Listed, Looked> & Partial<Pick<Listed, Looked>>;

/** The gazetteer where it is here; the first mention asks for it. */
export function gazetteerOf(answers: Answers): Gazetteer | null {
  return valueOf(answers.of<Gazetteer>(address('gazetteer')));
}

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
