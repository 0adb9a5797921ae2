/** The place of the mark of what is new; what draws it is loaded when something is. */

import { signal } from '@preact/signals-core';
import type { Drawn } from '../elements/element';
import type { Scene } from '../scene';

/** Draws the mark; `null` until something was new for the first time. */
export const newsPart = signal<((scene: Scene) => Drawn | null) | null>(null);
