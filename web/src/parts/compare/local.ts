/** What the parts of a comparison share that no address needs to hold. */

import type { StepName } from '../../api/comparison';
import type { PeriodMaps } from './periods/period_maps';

/** What the reader chose inside the comparison that no address needs to hold. */
export interface Local {
  /** Inner width in pixels, for charts that are drawn to measure. */
  width: number;
  step: StepName;
  chooseStep(step: StepName): void;
  maps: PeriodMaps;
}
