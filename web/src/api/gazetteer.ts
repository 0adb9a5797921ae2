/** Every area of every edition by name, and where each of them lies in the other editions: what the search runs on. */

import type { Schemas } from './schemas';
import type { Answers } from './answers';
import { valueOf } from './answers';
import { address } from './client';
import type { Level, Maybe } from './types';

/** The area of another edition that holds the largest part of this one; `share` is that part. */
export type Counterpart = Schemas['CounterpartArea'];

/** An area by name, with its counterparts in other editions. */
export interface NamedArea {
  edition: string;
  code: string;
  level: Level;
  name: string;
  parent?: Maybe<string>;
  label?: Maybe<[lon: number, lat: number]>;
  counterparts?: Maybe<Record<string, Counterpart>>;
}

/** A community model, for the roles that may know it; `code` is its commune in the default edition. */
export interface NamedModel {
  id: string | number;
  name?: Maybe<string>;
  kind: string;
  code?: Maybe<string>;
}

/** All names of the server in one answer. */
export interface Gazetteer {
  epoch?: number;
  default_edition: string;
  editions: string[];
  areas: NamedArea[];
  models?: Maybe<NamedModel[]>;
}

/** A kind of model by name. */
export type ModelKind = Schemas['NamedEntry'];

/** The gazetteer where it is here; the first mention asks for it. */
export function gazetteerOf(answers: Answers): Gazetteer | null {
  return valueOf(answers.of<Gazetteer>(address('gazetteer')));
}
