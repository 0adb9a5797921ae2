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
const SAME_WITHIN = 0.05;
const TIMES_FROM = 1.95;
/** Between these the chance of lying above the province says "not clearly different". */
const UNCLEAR = { above: 0.1, below: 0.9 };

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

/** How a ratio stands against the province, in words. */
export function comparison(ratio: number, probAbove: number | null, { messages, numbers }: Voice): string {
  const difference = Math.abs(ratio - 1);
  if (difference < SAME_WITHIN) return messages.say('compare.same');
  if (probAbove !== null && probAbove > UNCLEAR.above && probAbove < UNCLEAR.below) return messages.say('compare.unclear');
  if (ratio >= TIMES_FROM) return messages.say('compare.times', { times: timesText(ratio, numbers) });
  const share = messages.say(nearestShare(difference));
  return messages.say(ratio < 1 ? 'compare.lower' : 'compare.higher', { share });
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

function letterSentence(area: AreaRow, grade: Grade, scale: Scale, voice: Voice): string {
  const { messages } = voice;
  const values = {
    grade,
    best: area.grade_best ?? grade,
    worst: area.grade_worst ?? grade,
    comparison: comparison(area.ratio ?? 1, area.prob_above_1 ?? null, voice),
    reliability: reliabilityWords(area.reliability ?? 1, scale, messages),
  };
  return messages.say(values.best === values.worst ? 'sentence.grade.sure' : 'sentence.grade', values);
}

function rangeSentence(area: AreaRow, scale: Scale, voice: Voice): string {
  return voice.messages.say('sentence.range', {
    ends: endsText(area),
    comparison: comparison(area.ratio ?? 1, area.prob_above_1 ?? null, voice),
    reliability: reliabilityWords(area.reliability ?? 1, scale, voice.messages),
  });
}

/** The one sentence about the area's statistical grade. */
export function areaSentence(area: AreaRow, scale: Scale, voice: Voice): string {
  if (area.level === 'province') return voice.messages.say('sentence.province');
  if (isLetter(area.grade)) return letterSentence(area, area.grade, scale, voice);
  if (area.grade === 'range') return rangeSentence(area, scale, voice);
  if (area.grade === 'insufficient') return withheldSentence(area, scale, voice);
  if (area.withheld === 'not_covered') return voice.messages.say('sentence.uncovered');
  return voice.messages.say(area.grade === 'suppressed' ? 'sentence.suppressed' : 'sentence.none');
}
