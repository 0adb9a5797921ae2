/** Over which days: a named window, or for those who may choose freely two dates. The public reads why and what it can choose. */

import type { Window } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { unreleasedText } from '../../view/text/unreleased';
import { choosable } from '../../view/time/time';
import { isSamePeriod, mayFilterFreely } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import { lastDay } from '../../i18n/numbers';
import type { Scene } from '../scene';
import { lastDays, QUICK_DAYS } from '../../view/time/days';
import { dateRange, select } from './choices';

const FREE = 'free';
const GROUPS = ['3N', 'TK', 'N', 'ANTT'] as const;

function groupOf(window: Window): string {
  return GROUPS.find((prefix) => window.id.startsWith(`${prefix}-`)) ?? 'rest';
}

/** The windows that the role can choose, the newest first. */
export function openWindows({ meta }: Scene): Window[] {
  return choosable(meta).sort((a, b) => b.to.localeCompare(a.to));
}

function windowOptions(scene: Scene): Drawn[] {
  const open = openWindows(scene);
  return [...GROUPS, 'rest'].flatMap((group) => {
    const members = open.filter((window) => groupOf(window) === group);
    if (members.length === 0) return [];
    const label = scene.messages.say(`window.group.${group}` as MessageKey);
    return element(
      'optgroup',
      { label },
      ...members.map((window) => element('option', { value: window.id }, scene.messages.pick(window.name) || window.id)),
    );
  });
}

/** The dates of the period on show, for starting a free choice from there. */
function datesOf(scene: Scene): { from: string; to: string } {
  const { period } = scene.asked;
  if ('from' in period) return period;
  const window = scene.meta.windows.find((item) => item.id === period.window);
  return { from: window?.from ?? '', to: window?.to ?? '' };
}

function windowSelect(scene: Scene): Drawn {
  const { messages, asked } = scene;
  const options = windowOptions(scene);
  if (mayFilterFreely(scene.meta)) options.push(element('option', { value: FREE }, messages.say('window.free')));
  return select({
    id: 'window',
    label: messages.say('window'),
    options,
    value: 'window' in asked.period ? asked.period.window : FREE,
    choose: (chosen) => scene.change({ period: chosen === FREE ? datesOf(scene) : { window: chosen } }),
  });
}

function dateFields(scene: Scene): Drawn | null {
  const { period } = scene.asked;
  if (!('from' in period)) return null;
  return dateRange({
    ids: ['from', 'until'],
    days: period,
    messages: scene.messages,
    choose: (days) => scene.change({ period: days }),
  });
}

/** What kind of period is on show, as its group in the list is called. */
function kindText(scene: Scene): Drawn | null {
  const { period } = scene.asked;
  if (!('window' in period)) return null;
  const window = scene.meta.windows.find(({ id }) => id === period.window);
  const key = window && `window.what.${groupOf(window)}`;
  return key && scene.messages.has(key) ? element('p', { id: 'window-what', class: 'quiet' }, scene.messages.say(key)) : null;
}

/** The last day, week, month and quarter of which incidents are known; the public has none of them. */
function quickChoices(scene: Scene): Drawn | null {
  const { messages, meta, asked } = scene;
  if (!mayFilterFreely(meta)) return null;
  const buttons = QUICK_DAYS.flatMap((days) => {
    const span = lastDays(meta, days);
    if (!span) return [];
    const choose = (): void => scene.change({ period: span, ...(asked.theme === 'grade' && { theme: 'count' }) });
    return element(
      'button',
      { id: `quick-${days}`, type: 'button', 'aria-pressed': String(isSamePeriod(asked.period, span)), click: choose },
      messages.say(`quick.${days}`),
    );
  });
  if (buttons.length === 0) return null;
  const until = scene.numbers.day(lastDay(lastDays(meta, 1)?.to ?? ''));
  return element(
    'div',
    { class: 'quick', role: 'group', 'aria-labelledby': 'quick-label' },
    element('span', { id: 'quick-label', class: 'quiet' }, messages.say('quick', { day: until })),
    element('div', { class: 'choices' }, ...buttons),
  );
}

/** Why the public has these periods and no filters, with the list of what it has. */
function whyReleased(scene: Scene): Drawn | null {
  const { messages, meta, numbers } = scene;
  if (mayFilterFreely(meta)) return null;
  const rows = openWindows(scene).map((window) =>
    element('li', {}, messages.pick(window.name), element('small', {}, numbers.period(window.from, window.to))),
  );
  return fold(
    'released',
    'closed',
    messages.say('released.why'),
    element('p', {}, messages.say('hidden.windows')),
    element('p', {}, messages.say('released.filter')),
    element('p', {}, messages.say('released.list')),
    element('ul', { class: 'released' }, ...rows),
  );
}

/** The list of periods and what kind is on show, the last days, for free dates their fields, for the public why there are no others. */
export function timeParts(scene: Scene): (Drawn | null)[] {
  const unreleased = unreleasedText(scene.meta, scene);
  if (unreleased !== null) return [element('p', { class: 'quiet' }, unreleased)];
  return [windowSelect(scene), kindText(scene), quickChoices(scene), dateFields(scene), whyReleased(scene)];
}
