/**
 * The value of an area under a theme: as a number to sort and classify by, as the text of a table or list, and whether
 * there is one at all. Table, list and legend share it, so that they never differ.
 */

import type { AreaRow } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { type AttributeVoice, written } from './attributes';
import { endsText, isLetter, type Voice } from './sentence';
import type { Theme } from '../view';

type Movement = NonNullable<AreaRow['movement_grade']>;
type Statutory = NonNullable<AreaRow['statutory']>;

/** The answers of the themes that are no numbers, in the order of the legend: the best first. */
export const STATUTORY: readonly Statutory[] = ['met', 'not_met', 'insufficient'];
/** The grades of the movement from the best. */
export const MOVEMENT: readonly Movement[] = ['excellent', 'good', 'average', 'weak'];

/** The attribute that a theme shows; clusters are no attribute, the count stands beside them. */
export const ATTRIBUTE = {
  grade: 'grade',
  statutory: 'statutory',
  movement: 'movement_grade',
  rate: 'rate_smoothed',
  count: 'incidents',
  clusters: 'incidents',
  density: 'model_density',
  certified: 'certified_share',
} as const satisfies Record<Theme, keyof AreaRow>;

function placeIn(order: readonly string[], value: string | null | undefined): number | null {
  const rank = order.indexOf(value ?? '');
  return rank < 0 ? null : rank;
}

/** Letters from the calmest; a range in the middle of its letters. */
function gradeRank({ grade, grade_best: best, grade_worst: worst }: AreaRow): number | null {
  if (isLetter(grade)) return grade.charCodeAt(0);
  return grade === 'range' && best && worst ? (best.charCodeAt(0) + worst.charCodeAt(0)) / 2 : null;
}

/** What areas are sorted by under a theme; `null` where the area has no value. */
export function valueOf(area: AreaRow, theme: Theme): number | null {
  switch (theme) {
    case 'grade':
      return gradeRank(area);
    case 'statutory':
      return placeIn(STATUTORY, area.statutory);
    case 'movement':
      return placeIn(MOVEMENT, area.movement_grade);
    default:
      return area[ATTRIBUTE[theme]] ?? null;
  }
}

/** The grade as text: "C (B–D)", a range alone, or why there is none. */
export function gradeText(area: AreaRow, { messages }: Pick<Voice, 'messages'>): string {
  const ends = endsText(area);
  if (isLetter(area.grade)) return ends ? `${area.grade} (${ends})` : area.grade;
  if (area.grade === 'range') return ends || messages.say('legend.range');
  if (area.grade === 'insufficient' || area.grade === 'suppressed') return messages.say(`legend.${area.grade}`);
  return noneText([area], { messages });
}

/** Why areas have neither letter nor range, each reason once: days or residents that are not known. */
export function noneText(areas: readonly AreaRow[], { messages }: Pick<Voice, 'messages'>): string {
  const keys = areas.map(({ withheld }) => `legend.none.${withheld ?? ''}`).filter((key) => messages.has(key));
  const words = [...new Set(keys)].map((key) => messages.say(key));
  return words.length === 0 ? messages.say('legend.none') : words.join(' · ');
}

/** What no incident decides, so that it is known of days without any on record. */
const APART_FROM_INCIDENTS: readonly (keyof AreaRow)[] = [
  'population',
  'models',
  'model_density',
  'certified_share',
  'statutory',
];

/** What stands in the place of a number of an area: that it is hidden, that days of it are missing, or that there is none. */
export function missingText(area: AreaRow, name: keyof AreaRow, { messages }: Pick<Voice, 'messages'>): string {
  if (area.withheld === 'not_covered')
    return messages.say(APART_FROM_INCIDENTS.includes(name) ? 'value.none' : 'value.uncovered');
  // What police work found is known of every area, and not for the public.
  const isHidden = area.grade === 'suppressed' || area.incidents == null || name === 'detected';
  return messages.say(isHidden ? 'value.hidden' : 'value.none');
}

/** The answer of a theme of words. */
function wordKey(area: AreaRow, theme: 'statutory' | 'movement'): MessageKey | null {
  if (theme === 'statutory') return area.statutory ? `statutory.${area.statutory}` : null;
  return area.movement_grade ? `movement.${area.movement_grade}` : null;
}

/** The number of a theme as its readers write it. */
export function numberText(value: number, theme: Theme, voice: AttributeVoice): string {
  return written(value, ATTRIBUTE[theme], voice);
}

/** The value as text; a dash where there is none. */
export function valueText(area: AreaRow, theme: Theme, voice: AttributeVoice): string {
  if (theme === 'grade') return gradeText(area, voice);
  if (theme === 'statutory' || theme === 'movement') {
    const key = wordKey(area, theme);
    return key ? voice.messages.say(key) : '–';
  }
  const value = valueOf(area, theme);
  return value === null ? '–' : numberText(value, theme, voice);
}

/** Whether an area's answer under the theme says anything. */
function speaks(area: AreaRow, theme: Theme): boolean {
  if (theme === 'grade') return area.grade != null;
  return valueOf(area, theme) !== null;
}

/** Whether the theme has something to show for these areas. */
export function hasValues(areas: readonly AreaRow[], theme: Theme): boolean {
  return areas.some((area) => speaks(area, theme));
}
