/** Turns a rated area into the sentence that a person would say about it. */

import type { AreaRow, Grade } from '../../api/types';
import type { MessageKey, Messages } from '../../i18n/messages';
import type { Numbers } from '../../i18n/numbers';

/** What the sentence needs to know beside the area itself. */
export interface Scale {
  /** Reliability below this withholds the letter. */
  minReliability: number | null;
  /** Where the map's colours step to a more reliable shade, ascending. */
  reliabilitySteps: number[];
}

/** The language in which sentences are written. */
export interface Voice {
  messages: Messages;
  numbers: Numbers;
}

const SHARES: [share: number, key: MessageKey][] = [
  [1 / 10, 'share.1/10'],
  [1 / 5, 'share.1/5'],
  [1 / 4, 'share.1/4'],
  [1 / 3, 'share.1/3'],
  [2 / 5, 'share.2/5'],
  [1 / 2, 'share.1/2'],
  [3 / 5, 'share.3/5'],
  [2 / 3, 'share.2/3'],
  [3 / 4, 'share.3/4'],
  [4 / 5, 'share.4/5'],
  [9 / 10, 'share.9/10'],
];
/** Nearer to 1 than this, a ratio lies neither on one side nor on the other where chance explains it. */
const LITTLE = 0.05;
const TIMES_FROM = 1.95;

/** What the server says of how an area stands beside the common level. */
export type Standing = Pick<AreaRow, 'ratio' | 'difference'>;

/** Whether a grade is a letter, and not a range or the reason why there is none. */
export function isLetter(grade: string | null | undefined): grade is Grade {
  return grade != null && /^[A-E]$/.test(grade);
}

/** "B–D" where the ends of the interval have different letters; nothing where they agree or are not known. */
export function endsText({ grade_best: best, grade_worst: worst }: AreaRow): string {
  return best && worst && best !== worst ? `${best}–${worst}` : '';
}

function nearestShare(share: number): MessageKey {
  const distance = ([value]: [number, MessageKey]): number => Math.abs(value - share);
  return SHARES.reduce((best, next) => (distance(next) < distance(best) ? next : best))[1];
}

function timesText(ratio: number, numbers: Numbers): string {
  return numbers.density(ratio < 5 ? Math.round(ratio * 2) / 2 : Math.round(ratio));
}

/** The side of the common level on which a ratio lies, where the difference may be chance. */
function unclearKey(ratio: number): MessageKey {
  if (Math.abs(ratio - 1) < LITTLE) return 'compare.unclear';
  return ratio < 1 ? 'compare.slightly.lower' : 'compare.slightly.higher';
}

/** How an area stands beside the common level, in words; nothing where the server does not say it. */
export function comparison({ ratio, difference }: Standing, { messages, numbers }: Voice): string {
  if (ratio == null || difference == null) return '';
  if (difference === 'not_clearly_different') return messages.say(unclearKey(ratio));
  if (Math.abs(ratio - 1) < LITTLE) return messages.say(`compare.little.${difference}`);
  if (ratio >= TIMES_FROM) return messages.say('compare.times', { times: timesText(ratio, numbers) });
  return messages.say(`compare.${difference}`, { share: messages.say(nearestShare(Math.abs(ratio - 1))) });
}

/** Which of the three shades a reliability falls into: 0 is the greyest. */
export function reliabilityStep(reliability: number, steps: number[]): number {
  return steps.filter((step) => reliability >= step).length;
}

/** How far a rating can be relied upon, in the words of the style's steps. */
export function reliabilityWords(reliability: number, scale: Scale, messages: Messages): string {
  const step = reliabilityStep(reliability, scale.reliabilitySteps);
  if (step === 0) return messages.say('reliability.low');
  return messages.say(step >= scale.reliabilitySteps.length ? 'reliability.high' : 'reliability.middle');
}

function withheldSentence(area: AreaRow, scale: Scale, { messages, numbers }: Voice): string {
  const reason = `sentence.withheld.${area.withheld ?? ''}`;
  if (messages.has(reason)) return messages.say(reason);
  const known = area.reliability != null && scale.minReliability !== null;
  const reliability = known
    ? messages.say('reliability.withheld', {
        value: numbers.ratio(area.reliability ?? 0),
        needed: numbers.ratio(scale.minReliability ?? 0),
      })
    : messages.say('reliability.withheld.plain');
  const { grade_best: best, grade_worst: worst } = area;
  if (best && worst && best !== worst) return messages.say('sentence.insufficient.range', { best, worst, reliability });
  return messages.say('sentence.insufficient', { reliability });
}

/** A verdict with how the area stands and how far that can be relied upon, as far as the server says it. */
function verdictSentence(verdict: string, area: AreaRow, scale: Scale, voice: Voice): string {
  const reliability = area.reliability == null ? '' : reliabilityWords(area.reliability, scale, voice.messages);
  const standing = [comparison(area, voice), reliability].filter(Boolean).join('; ');
  return standing === '' ? `${verdict}.` : `${verdict}: ${standing}.`;
}

function letterVerdict(area: AreaRow, grade: Grade, { messages }: Voice): string {
  const { grade_best: best, grade_worst: worst } = area;
  if (!best || !worst || best === worst) return messages.say('sentence.grade.sure', { grade });
  return messages.say('sentence.grade', { grade, best, worst });
}

/** Why there is no letter, where the server names the reason; else what is true of every reason. */
function reasonSentence(area: AreaRow, { messages }: Voice): string {
  if (area.withheld === 'count_not_shown') return messages.say('sentence.uncounted');
  const reason = `sentence.withheld.${area.withheld ?? ''}`;
  if (messages.has(reason)) return messages.say(reason);
  return messages.say(area.grade === 'suppressed' ? 'sentence.suppressed' : 'sentence.none');
}

/** The one sentence about the area's statistical grade. */
export function areaSentence(area: AreaRow, scale: Scale, voice: Voice): string {
  const { messages } = voice;
  if (area.level === 'province') return messages.say('sentence.province');
  if (isLetter(area.grade)) return verdictSentence(letterVerdict(area, area.grade, voice), area, scale, voice);
  if (area.grade === 'range')
    return verdictSentence(messages.say('sentence.range', { ends: endsText(area) }), area, scale, voice);
  return area.grade === 'insufficient' ? withheldSentence(area, scale, voice) : reasonSentence(area, voice);
}
