/** Says in words what was asked for and is not here, and what is shown instead. */

import { editionNamed, periodNamed, type Scene } from '../parts/scene';
import { isSamePeriod, type View } from '../view/view';

/** The name of a period, or its days. */
function periodOf(scene: Scene, view: View): string {
  const { name, days } = periodNamed(scene, view.period);
  return name || days;
}

function editionText({ meta, messages }: Scene, { edition }: View): string {
  return messages.say('pending.edition', { name: messages.pick(editionNamed(meta, edition)?.name) || edition });
}

/** What distinguishes one of the two views from the other: its edition, level or period, or else that its filter is another. */
function distinction(scene: Scene, of: 'asked' | 'view'): string {
  const { asked, view, messages } = scene;
  const chosen = scene[of];
  const parts = [
    asked.edition !== view.edition && editionText(scene, chosen),
    asked.level !== view.level && messages.say(`level.${chosen.level}`),
    !isSamePeriod(asked.period, view.period) && periodOf(scene, chosen),
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  return messages.say(of === 'asked' ? 'pending.filter' : 'pending.filter.before');
}

/** What is on its way, and what is shown until it is here; nothing of the kind where the same view is loaded anew. */
export function pendingText(scene: Scene): string | null {
  const { messages, ratings, isPending } = scene;
  if (!ratings || !isPending) return null;
  return messages.say('pending', { asked: distinction(scene, 'asked'), shown: distinction(scene, 'view') });
}

/** That what was asked for could not be had, why, and what is shown still. */
export function steppedBackText(scene: Scene, reason: string, loadedAt: Date | null): string {
  const { messages, numbers } = scene;
  const [asked, shown] = [distinction(scene, 'asked'), distinction(scene, 'view')];
  const time = loadedAt ? numbers.moment(loadedAt) : '';
  return messages.say('pending.failed', { asked, reason: reason.replace(/[.\s]+$/, ''), shown, time });
}
