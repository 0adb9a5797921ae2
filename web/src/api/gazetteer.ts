/** Every area of every edition by name, and where each of them lies in the other editions: what the search runs on. */

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
