/** What the form needs of the page around it: the whole page, or a frame that has little of it. */

import type { Answers } from '../../api/answers';
import type { Messages } from '../../i18n/messages';
import type { Numbers } from '../../i18n/numbers';

/** A place in degrees. */
export type Spot = readonly [lon: number, lat: number];

/** A map on which a place can be picked. */
export interface Picker {
  /** What the map stands in; the cross is laid over it. */
  stage: HTMLElement;
  /** The middle of the map; `null` before it is drawn. */
  centre(): Spot | null;
  /** Puts the focus on the map, whose keys move it. */
  focus(): void;
}

/** The page around the form. */
export interface ReportHost {
  readonly messages: Messages;
  readonly numbers: Numbers;
  readonly answers: Answers;
  /** The map; `null` where there is none to pick on. */
  picker(): Picker | null;
}
