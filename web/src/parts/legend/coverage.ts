/** Which days the incidents cover, in a sentence of the server. */

import type { Scene } from '../scene';

/** Which days the incidents cover; where the period was cut to them, that it was. */
export function coverageText({ messages, meta, ratings }: Scene): string {
  return messages.pick(ratings?.requested?.note ?? meta.coverage?.note);
}
