/**
 * The way to a letter in at most five lines, each a step from the one before: expected, recorded, weighted by severity,
 * smoothed, the letter. One interval throughout, that of the scheme.
 */

import type { Explanation } from '../../api/explanation';
import type { AreaRow, Role } from '../../api/types';
import type { Voice } from './sentence';
import { gradeText } from './values';

/** The lines in their order. */
export type ChainStep = 'expected' | 'recorded' | 'weighted' | 'smoothed' | 'letter';

/** One line: what it says, and where it stands on the scale of ratios. */
export interface ChainLine {
  step: ChainStep;
  value: string;
  /** How the line comes out of the one before. */
  note: string;
  /** The ratio that the line has come to; nothing where there is none. */
  ratio: number | null;
  /** The ends of the interval, where the line has one. */
  limits: readonly [low: number, high: number] | null;
}

/** Nearer than this two ratios are written as the same. */
const ALIKE = 0.005;

function expectedLine({ unweighted }: Explanation, { messages, numbers }: Voice): ChainLine[] {
  if (unweighted.expected == null) return [];
  const value = messages.say('why.chain.incidents', { n: numbers.tenths(unweighted.expected) });
  return [{ step: 'expected', value, note: messages.say('why.chain.expected.note'), ratio: 1, limits: null }];
}

function recordedLine({ unweighted }: Explanation, { messages, numbers }: Voice): ChainLine[] {
  const { observed, ratio } = unweighted;
  if (observed == null) return [];
  const count = messages.say('why.chain.incidents', { n: numbers.count(observed) });
  const times = ratio == null ? '' : messages.say('why.chain.times', { ratio: numbers.ratio(ratio) });
  return [
    {
      step: 'recorded',
      value: [count, times].filter(Boolean).join(' · '),
      note: messages.say('why.chain.recorded.note'),
      ratio: ratio ?? null,
      limits: null,
    },
  ];
}

/** Whether all that is rated weighs the same. */
function isUniform({ classes }: Explanation): boolean {
  const weights = (classes ?? []).filter(({ rated }) => rated).map(({ weight }) => weight);
  return weights.every((weight) => weight === weights[0]);
}

/** The sentence that joins the weighted ratio to the one in which every incident counts the same. */
function joined(explanation: Explanation, weighted: number, { messages, numbers }: Voice): string {
  const { score, expected_score: expected } = explanation.weighted ?? {};
  const counted = explanation.unweighted.ratio;
  const how = isUniform(explanation) ? 'why.chain.rated.note' : 'why.chain.weighted.note';
  const points =
    score == null || expected == null
      ? ''
      : messages.say('why.chain.points', { score: numbers.count(score), expected: numbers.count(expected) });
  const way = counted == null || Math.abs(weighted - counted) < ALIKE ? 'same' : weighted < counted ? 'lower' : 'higher';
  return [messages.say(how), points, counted != null && messages.say(`why.chain.therefore.${way}`)].filter(Boolean).join(' ');
}

function weightedLine(explanation: Explanation, role: Role, voice: Voice): ChainLine[] {
  const ratio = explanation.weighted?.raw_ratio;
  // For the public every incident weighs the same: the line before says it already.
  if (role === 'public' || ratio == null || explanation.weighted?.score == null) return [];
  const value = voice.messages.say('why.chain.times', { ratio: voice.numbers.ratio(ratio) });
  return [{ step: 'weighted', value, note: joined(explanation, ratio, voice), ratio, limits: null }];
}

function smoothedLine({ weighted, method }: Explanation, { messages, numbers }: Voice): ChainLine[] {
  const { ratio, ratio_low: low, ratio_high: high } = weighted ?? {};
  if (ratio == null) return [];
  const limits = low == null || high == null ? null : ([low, high] as const);
  const interval =
    limits &&
    messages.say('why.chain.limits', {
      level: numbers.wholePercent(method.interval),
      low: numbers.ratio(limits[0]),
      high: numbers.ratio(limits[1]),
    });
  return [
    {
      step: 'smoothed',
      value: messages.say('why.chain.times', { ratio: numbers.ratio(ratio) }),
      note: [messages.say('why.chain.smoothed.note'), interval].filter(Boolean).join(' '),
      ratio,
      limits,
    },
  ];
}

function letterLine(explanation: Explanation, area: AreaRow, voice: Voice): ChainLine {
  const { prob_letter: probability, difference, method, weighted } = explanation;
  const { messages, numbers } = voice;
  const chance =
    probability != null &&
    messages.say('why.chain.chance', {
      value: numbers.wholePercent(probability),
      needed: numbers.wholePercent(method.min_letter_probability),
    });
  const clarity = difference && `${messages.say(`why.difference.${difference}`)}.`;
  return {
    step: 'letter',
    value: gradeText(area, voice),
    note: [clarity, chance].filter(Boolean).join(' '),
    ratio: weighted?.ratio ?? null,
    limits: null,
  };
}

/** The lines that lead to the letter, as far as the role is given their numbers; none where not even the count is shown. */
export function chainOf(explanation: Explanation, area: AreaRow, role: Role, voice: Voice): ChainLine[] {
  if (explanation.level === 'province' || explanation.unweighted?.observed == null) return [];
  return [
    ...expectedLine(explanation, voice),
    ...recordedLine(explanation, voice),
    ...weightedLine(explanation, role, voice),
    ...smoothedLine(explanation, voice),
    letterLine(explanation, area, voice),
  ];
}
