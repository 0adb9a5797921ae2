/** Where a period can go: the steps of a run from it, and the one beside it. The public moves between released windows of one length. */

import {
  choosable,
  domainOf,
  extentOf,
  following,
  holds,
  isSameSpan,
  likeWindows,
  neighbour,
  rewound,
  shifted,
  type Span,
  type Step,
} from '../../view/time/time';
import { mayFilterFreely } from '../../view/view';
import type { Scene } from '../scene';

/** The steps from a period to the end of what is on show; from its end into what follows, and from the very end from the start. */
export function runFrom(scene: Scene, span: Span, step: Step, domain: Span): Span[] {
  const windows = choosable(scene.meta);
  if (!mayFilterFreely(scene.meta)) {
    const alike = likeWindows(windows, span);
    const later = alike.slice(alike.findIndex((window) => isSameSpan(window, span)));
    return later.length > 1 ? later : alike;
  }
  const onward = following(span, step, domain);
  if (onward.length > 1) return onward;
  const next = shifted(span, step, 1);
  const extent = extentOf(windows, span) ?? span;
  if (next.to <= extent.to) return following(next, step, domainOf(extent, step, next, domain));
  return following(rewound(span, step, domain), step, domain);
}

/** The period `count` steps to the side; `null` where there is none. */
export function beside(scene: Scene, span: Span, step: Step, count: number): Span | null {
  const windows = choosable(scene.meta);
  if (!mayFilterFreely(scene.meta)) return neighbour(windows, span, count);
  const next = shifted(span, step, count);
  const extent = extentOf(windows, null);
  return extent && holds(extent, next) ? next : null;
}
