/** The texts that explain a letter, from the numbers of an explanation. What is hidden gives a sentence, never a gap. */

import type { Explanation, RatedClass, Trend } from '../../api/explanation';
import type { AreaComponent, Bilingual, Maybe, Role } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { reliabilityWords, type Scale, type Voice } from './sentence';

/** All severities of one component together. */
export interface ComponentShare {
  id: string;
  name: Maybe<Bilingual>;
  observed: number;
  expected: number;
  /** What it adds to the raw ratio, 1 being the common level; all components together make ratio − 1. */
  contribution: number;
}

/** Below this the whole difference is nothing to be shared out. */
const LEAST_EXCESS = 0.005;

/** The components of the area's own answer whose counts the role may see. */
export function shownComponents(components: Maybe<AreaComponent[]>): AreaComponent[] {
  return (components ?? []).filter((component) => component.observed != null);
}

/** The counts of a component in a line; expected is left out where it is hidden. */
export function componentText(observed: number, expected: Maybe<number>, { messages, numbers }: Voice): string {
  const count = numbers.count(observed);
  if (expected == null) return messages.say('why.component.count', { observed: count });
  return messages.say('why.component.counts', { observed: count, expected: numbers.tenths(expected) });
}

function byComponent(classes: RatedClass[]): ComponentShare[] {
  const found = new Map<string, ComponentShare>();
  for (const { component: id, component_name: name, observed, expected, contribution } of classes) {
    const share = found.get(id) ?? { id, name, observed: 0, expected: 0, contribution: 0 };
    // Where the area has nothing that its incidents are measured against, nothing is counted or expected.
    share.observed += observed ?? 0;
    share.expected += expected ?? 0;
    share.contribution += contribution ?? 0;
    found.set(id, share);
  }
  return [...found.values()];
}

/** The components that the letter rests on, in the order of the scheme. */
export function ratedShares(classes: Maybe<RatedClass[]>): ComponentShare[] {
  return byComponent((classes ?? []).filter((item) => item.rated !== false));
}

/** By how much all groups together lie above the common level. */
export function excessOf(shares: ComponentShare[]): number {
  return shares.reduce((sum, share) => sum + share.contribution, 0);
}

/** How a component bears on the whole difference: its part of it, or against it. */
export function shareText(share: ComponentShare, excess: number, { messages, numbers }: Voice): string {
  if (Math.abs(excess) < LEAST_EXCESS || Math.abs(share.contribution) < LEAST_EXCESS) return messages.say('why.share.little');
  const part = share.contribution / excess;
  if (part < 0) return messages.say('why.share.against');
  return part > 1 ? messages.say('why.share.more') : messages.say('why.share', { share: numbers.wholePercent(part) });
}

function limitsText(level: Maybe<number>, low: Maybe<number>, high: Maybe<number>, { messages, numbers }: Voice): string {
  if (level == null || low == null || high == null) return '';
  return messages.say('why.limits', {
    level: numbers.wholePercent(level),
    low: numbers.ratio(low),
    high: numbers.ratio(high),
  });
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The reliability in words and as a number, beside the least that a letter needs where that is known. */
export function reliabilityText(reliability: Maybe<number>, scale: Scale, { messages, numbers }: Voice): string | null {
  if (reliability == null) return null;
  const words = sentenceCase(reliabilityWords(reliability, scale, messages));
  const needed = scale.minReliability;
  const value = numbers.ratio(reliability);
  return needed === null
    ? messages.say('why.reliability', { words, value })
    : messages.say('why.reliability.needed', { words, value, needed: numbers.ratio(needed) });
}

/** How the area moved since the window before, or why nothing is said. */
export function trendText(trend: Maybe<Trend>, role: Role, voice: Voice): string {
  const { messages, numbers } = voice;
  const key = `trend.reason.${trend?.before?.reason ?? ''}`;
  if (trend?.arrow == null) {
    if (messages.has(key)) return messages.say(key);
    return messages.say(trend?.before != null && role === 'public' ? 'trend.hidden' : 'trend.none');
  }
  const words = messages.say(`trend.${trend.arrow}`);
  if (trend.incidents == null || trend.incidents_before == null) return messages.say('trend.words', { words });
  const counts = messages.say('trend.counts', {
    before: numbers.count(trend.incidents_before),
    now: numbers.count(trend.incidents),
  });
  const ratio = trend.rate_ratio == null ? '' : messages.say('trend.ratio', { ratio: numbers.ratio(trend.rate_ratio) });
  const limits = ratio && limitsText(trend.level, trend.low, trend.high, voice);
  return messages.say('trend.words', { words: `${words}: ${[counts, ratio, limits].filter(Boolean).join('; ')}` });
}

/** Whether high or low rates gather around the area, in words; `null` for the public, and where the question makes no sense. */
export function hotSpotText({ hot_spot, level }: Explanation, role: Role, { messages }: Voice): string | null {
  if (level === 'province' || role === 'public') return null;
  return messages.say(hot_spot ? `hot_spot.${hot_spot.kind}` : 'hot_spot.alone');
}

/** One sentence for each thing that the role is not shown; `components` are those that it was given by another answer. */
export function hiddenReasons(explanation: Explanation, components: AreaComponent[], role: Role): MessageKey[] {
  const isPublic = role === 'public';
  const { grade, unweighted, classes, withheld } = explanation;
  if (withheld === 'not_covered') return isPublic ? ['hidden.uncovered', 'hidden.windows'] : ['hidden.uncovered'];
  const reasons: [boolean, MessageKey][] = [
    [isPublic && unweighted?.observed == null, 'hidden.count'],
    [!isPublic && unweighted?.observed == null, 'hidden.district_only'],
    [isPublic && grade === 'suppressed', 'hidden.letter'],
    [isPublic && classes == null && components.length === 0, 'hidden.components'],
    [isPublic, 'hidden.windows'],
  ];
  return reasons.filter(([applies]) => applies).map(([, key]) => key);
}
