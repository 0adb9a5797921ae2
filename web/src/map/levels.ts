/** Which level a zoom shows. The thresholds stand in the style, so that every reader of it draws alike. */

import type { StyleSpecification } from 'maplibre-gl';
import type { Level } from '../api/types';

const FROM_WIDE: readonly Level[] = ['province', 'district', 'commune'];

function thresholdsOf(style: StyleSpecification): Partial<Record<Level, number>> {
  const metadata = style.metadata as Record<string, unknown> | undefined;
  return (metadata?.['binhyen:levels'] as Partial<Record<Level, number>> | undefined) ?? {};
}

/** The finest level that the zoom has reached; where the edition lacks it, the next finer one that it has. */
export function levelAt(style: StyleSpecification, levels: readonly Level[], zoom: number): Level {
  const thresholds = thresholdsOf(style);
  const wanted = FROM_WIDE.filter((level) => zoom >= (thresholds[level] ?? 0)).length - 1;
  const finer = FROM_WIDE.slice(Math.max(wanted, 0)).find((level) => levels.includes(level));
  return finer ?? levels[0] ?? 'commune';
}
