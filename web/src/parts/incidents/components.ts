/** The names of the groups of categories by which incidents are rated. */

import type { Scene } from '../scene';

/** The name of a component; where nothing is said of one, that of the rest. */
export function componentName({ meta, messages }: Scene, id: string | null | undefined): string {
  if (id == null || id === '') return messages.say('incidents.rest');
  return messages.pick(meta.components.find((item) => item.id === id)?.name) || id;
}
