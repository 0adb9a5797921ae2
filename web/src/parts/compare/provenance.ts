/** Where the numbers of a comparison come from: said beside every table and inside every picture that leaves the page. */

import { captionText } from '../legend/legend';
import type { Scene } from '../scene';

/** Period, boundaries, counts, rules and sources; and that the numbers are sample ones, where they are. */
export function provenanceLines(scene: Scene): string[] {
  const { messages, meta, ratings } = scene;
  const isSample = meta.sample || ratings?.sample === true;
  return [...(isSample ? [messages.say('sample.hint')] : []), captionText(scene)];
}
