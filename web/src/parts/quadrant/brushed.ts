/** The areas that were picked out in the plot: map and table show them, and no address needs to hold them. */

import { signal } from '@preact/signals-core';

/** Their codes; none is no choice. */
export const brushed = signal<readonly string[]>([]);

/** Lets go of them. */
export function unbrush(): void {
  if (brushed.peek().length > 0) brushed.value = [];
}
