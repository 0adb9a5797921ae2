/** The texts of the statutory reading: decision, own check, and each criterion with the facts it was judged by. */

import type { Criterion, JudgedUnit, KindShare, StatutoryReading, UnitName } from '../../api/explanation';
import type { Maybe } from '../../api/types';
import type { Voice } from './sentence';

/** The window that was judged, and by which circular. */
export function judgedText({ window, circular }: StatutoryReading, { messages, numbers }: Voice): string {
  if (!window) return messages.say('legal.unjudged');
  const period = numbers.period(window.from, window.to);
  const name = messages.pick(circular?.name) || circular?.id;
  return name ? messages.say('legal.judged', { period, circular: name }) : messages.say('legal.judged.plain', { period });
}

/** Number, day and body of the official decision. */
export function decisionText({ decision }: JudgedUnit, { messages, numbers }: Voice): string {
  const { verdict, number, decided_on, body } = decision;
  const parts = [number && messages.say('legal.decision', { number }), decided_on && numbers.day(decided_on), body];
  return parts.filter(Boolean).join(', ') || messages.say(verdict === 'insufficient' ? 'legal.undecided' : 'legal.unnumbered');
}

/** What our own check says, and whether it agrees with the decision. `null` for roles that do not see it. */
export function checkText({ check, agreement }: JudgedUnit, { messages }: Voice): string | null {
  if (!check) return null;
  const verdict = messages.say(`statutory.${check}`).toLowerCase();
  const words = messages.say('legal.check', { verdict });
  return agreement ? `${words} ${messages.say(`legal.${agreement}`)}` : words;
}

/** The grade of the movement now and before; nothing where neither is known. */
export function movementText({ movement_grade, movement_grade_before }: JudgedUnit, { messages }: Voice): string | null {
  const [now, before] = [messages.pick(movement_grade?.name), messages.pick(movement_grade_before?.name)];
  if (!now && !before) return null;
  const none = messages.say('value.none');
  return messages.say('legal.movement', { grade: now || none, before: before || none });
}

/** Of a wider area: how its communes were judged. */
export function tallyTexts({ counts }: StatutoryReading, { messages, numbers }: Voice): string[] {
  if (!counts) return [];
  const spoken = (record: Record<string, number>): Record<string, string> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, numbers.count(value)]));
  return [
    messages.say('legal.tally.check', { n: numbers.count(counts.communes), ...spoken(counts.check) }),
    messages.say('legal.tally.agreement', spoken(counts.agreement)),
  ];
}

/** Article and number of the criterion in the law. */
export function articleText({ article, number }: Criterion, { messages }: Voice): string {
  return messages.say('legal.article', { article, number });
}

function kindName(kind: string, { messages }: Voice): string {
  const key = `unit.${kind}`;
  return messages.has(key) ? messages.say(key) : kind;
}

function namesOf(units: UnitName[] | undefined): string {
  return (units ?? []).map((unit) => unit.label || unit.unit_id).join(', ');
}

function missingTexts({ missing }: KindShare, { messages }: Voice): string[] {
  const kinds = ['silent', 'unregistered', 'unrecognised'] as const;
  return kinds.flatMap((kind) => {
    const names = namesOf(missing?.[kind]);
    return names === '' ? [] : [messages.say(`missing.${kind}`, { names })];
  });
}

/** A kind of unit in one line: how many registered and were recognised, and who is missing. */
export function shareText(share: KindShare, voice: Voice): string {
  const { messages, numbers } = voice;
  const { units, registered, recognised, recognised_needed: needed, register } = share.counts;
  const kind = kindName(share.kind, voice);
  const unknown = register === 'unknown' ? [messages.say('fact.register.unknown')] : [];
  if (units === 0) return `${[messages.say('fact.share.none', { kind }), ...unknown].join('; ')}.`;
  const values = {
    kind,
    units: numbers.count(units),
    registered: numbers.count(registered),
    recognised: numbers.count(recognised),
    needed: numbers.count(needed ?? units),
  };
  return `${[messages.say('fact.share', values), ...unknown, ...missingTexts(share, voice)].join('; ')}.`;
}

function declaredText(declared: Maybe<boolean>, { messages }: Voice): string {
  if (declared == null) return messages.say('fact.undeclared');
  return messages.say(declared ? 'fact.declared.yes' : 'fact.declared.no');
}

/** The facts of a criterion, a line each. */
export function factTexts({ facts, kind }: Criterion, voice: Voice): string[] {
  const { messages, numbers } = voice;
  if (facts && 'kinds' in facts) return facts.kinds.map((share) => shareText(share, voice));
  if (facts && 'active' in facts) {
    const { active, effective, unreviewed } = facts;
    const spoken = Object.entries({ active, effective, unreviewed }).map(([key, value]) => [key, numbers.count(value)]);
    return [messages.say('fact.models', Object.fromEntries(spoken))];
  }
  if (kind === 'computed') return [messages.say('fact.unknown')];
  return [declaredText(facts?.declared, voice)];
}

/** What incidents say beside a declaration: the total, and the severities that moved beyond chance. */
export function evidenceTexts(criterion: Criterion, { messages }: Voice): string[] {
  if (criterion.kind !== 'evidence') return [];
  const { evidence } = criterion;
  if (!evidence) return [messages.say('evidence.none')];
  const moved = (evidence.by_severity ?? []).filter(({ change }) => !change.within_chance);
  return [
    messages.say('evidence', { text: messages.pick(evidence.total.sentence) }),
    ...moved.map(({ severity_name, change }) =>
      messages.say('evidence.severity', { severity: messages.pick(severity_name), text: messages.pick(change.sentence) }),
    ),
  ];
}

/** The units that deserve to be unfolded at once: a single one, or those where check and decision part. */
export function unfoldedUnits(units: JudgedUnit[]): string[] {
  const chosen = units.length === 1 ? units : units.filter((unit) => unit.agreement === 'disagrees');
  return chosen.map((unit) => unit.unit_id);
}
