/** Which days the incidents cover, in a sentence of the server. */

import type { Ratings } from '../../api/types';
import type { Scene } from '../scene';

/** Which days the incidents cover; where the period of the numbers was cut to them, that it was. */
export function coverageText({ messages, meta, ratings: shown }: Scene, ratings: Ratings | null = shown): string {
  return messages.pick(ratings?.requested?.note ?? meta.coverage?.note);
}
