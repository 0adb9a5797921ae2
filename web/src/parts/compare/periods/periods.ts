/** Two periods: which ones, the maps of both, what clearly changed, and the numbers. */

import { type Change, pictureAddress, periodsAddress, type TwoPeriods } from '../../../api/comparison';
import { ratingsAddress } from '../../../api/client';
import type { Ratings } from '../../../api/types';
import { comparedAreas } from '../../../view/compare/compared';
import { changeTally } from '../../../view/compare/difference';
import { inOrder, type PeriodPair } from '../../../view/time/periods';
import { filterOf } from '../../../view/view';
import { sortedByWeight } from '../../../view/compare/conclusions';
import { type Child, element } from '../../elements/element';
import { areasOf, type Scene } from '../../scene';
import { section } from '../../elements/section';
import { changeSwatch } from './difference';
import { changeTable } from './change_table';
import { downloads, type Offer } from '../downloads';
import { periodPickers } from './period_pickers';
import { insteadOf, periodName } from '../texts';
import type { Local } from '../local';

/** More changed areas than these are not named one by one. */
const NAMED = 12;
const PICTURE = { width: 1200, height: 800 };

function tallyText(scene: Scene, changes: Change[]): string {
  const { messages, numbers } = scene;
  const { higher, lower, unclear, unknown } = changeTally(changes);
  const said = messages.say('comparison.tally', {
    n: numbers.count(changes.length),
    higher: numbers.count(higher),
    lower: numbers.count(lower),
    unclear: numbers.count(unclear),
  });
  return unknown === 0 ? said : `${said} ${messages.say('comparison.tally.unknown', { n: numbers.count(unknown) })}`;
}

/** The areas that changed clearly, the largest change first; each can be shown. */
function changedList(scene: Scene, changes: Change[]): Child[] {
  const { clear } = sortedByWeight(changes);
  if (clear.length === 0) return [element('p', {}, scene.messages.say('comparison.change.none'))];
  const rows = clear
    .slice(0, NAMED)
    .map((change) => element('li', {}, changeSwatch(scene, change), element('span', {}, scene.messages.pick(change.sentence))));
  const rest = clear.length - rows.length;
  return [
    element('ul', { class: 'changed' }, ...rows),
    rest > 0 && element('p', { class: 'quiet' }, scene.messages.say('comparison.change.more', { n: scene.numbers.count(rest) })),
  ];
}

function provinceChange(scene: Scene, pair: PeriodPair): Change | null {
  const filter = filterOf(scene.view);
  const province = scene.answers.of<Ratings>(ratingsAddress('province', filter));
  const code = province.state === 'here' ? province.value.areas[0]?.code : undefined;
  if (code === undefined) return null;
  const known = scene.answers.of<TwoPeriods>(periodsAddress([code], [pair.earlier, pair.later], filter));
  return known.state === 'here' ? (known.value.areas[0] ?? null) : null;
}

function offersOf(scene: Scene, pair: PeriodPair, codes: string[]): Offer[] {
  const { view } = scene;
  const periods = [pair.earlier, pair.later] as const;
  const filter = filterOf(view);
  const choice = { level: view.level, layer: view.theme, lang: view.lang, theme: 'print', ...PICTURE };
  const pictures = periods.map((period): Offer => [
    'png',
    pictureAddress('png', filterOf(view, period), choice),
    periodName(scene, period),
  ]);
  return [
    ['csv', periodsAddress(codes, [...periods], filter, 'csv')],
    ['xlsx', periodsAddress(codes, [...periods], filter, 'xlsx')],
    ...pictures,
  ];
}

function answerParts(scene: Scene, pair: PeriodPair, answer: TwoPeriods): Child[] {
  const { messages } = scene;
  const codes = comparedAreas(scene.view);
  const chosen = answer.areas.filter(({ code }) => codes.includes(code));
  const province = scene.view.level === 'province' ? null : provinceChange(scene, pair);
  const named = [...(province ? [province] : []), ...chosen];
  return [
    section(
      messages.say('comparison.conclusions'),
      named.length > 0 &&
        element('ul', { class: 'conclusions clear' }, ...named.map(({ sentence }) => element('li', {}, messages.pick(sentence)))),
      answer.areas.length > 1 && element('p', {}, tallyText(scene, answer.areas)),
      element(
        'p',
        { class: 'quiet' },
        [!answer.same_seasons && messages.say('comparison.seasons'), messages.say('comparison.limits')].filter(Boolean).join(' '),
      ),
    ),
    named.length > 0 && section(messages.say('comparison.crossed'), changeTable(scene, pair, named)),
    answer.areas.length > 1 && section(messages.say('comparison.changed'), ...changedList(scene, answer.areas)),
  ];
}

/** The comparison of two periods, or why these two cannot be compared. */
export function periodsParts(scene: Scene, local: Local): Child[] {
  const { messages, meta, view } = scene;
  const pair = view.against && inOrder(view.period, view.against, meta);
  const pickers = periodPickers(scene);
  if (!pair) return [pickers, element('p', { class: 'invitation', role: 'status' }, messages.say('comparison.overlap'))];
  const codes = areasOf(scene).map(({ code }) => code);
  if (codes.length === 0) return [pickers, element('p', { class: 'quiet', role: 'status' }, messages.say('state.loading'))];
  const known = scene.answers.of<TwoPeriods>(periodsAddress(codes, [pair.earlier, pair.later], filterOf(view)));
  const changes = known.state === 'here' ? known.value.areas : [];
  return [
    pickers,
    local.maps.show(scene, pair, changes),
    insteadOf(known, scene),
    ...(known.state === 'here' ? answerParts(scene, pair, known.value) : []),
    downloads(scene, offersOf(scene, pair, codes)),
  ];
}
