/** Over which days: a named window, or for those who may choose freely two dates. The public reads why and what it can choose. */

import type { Window } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { unreleasedText } from '../../view/text/unreleased';
import { choosable } from '../../view/time/time';
import { mayFilterFreely } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import type { Scene } from '../scene';
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
  const { period } = scene.view;
  if ('from' in period) return period;
  const window = scene.meta.windows.find((item) => item.id === period.window);
  return { from: window?.from ?? '', to: window?.to ?? '' };
}

function windowSelect(scene: Scene): Drawn {
  const { messages, view } = scene;
  const options = windowOptions(scene);
  if (mayFilterFreely(scene.meta)) options.push(element('option', { value: FREE }, messages.say('window.free')));
  return select({
    id: 'window',
    label: messages.say('window'),
    options,
    value: 'window' in view.period ? view.period.window : FREE,
    choose: (chosen) => scene.change({ period: chosen === FREE ? datesOf(scene) : { window: chosen } }),
  });
}

function dateFields(scene: Scene): Drawn | null {
  const { period } = scene.view;
  if (!('from' in period)) return null;
  return dateRange({
    ids: ['from', 'until'],
    days: period,
    messages: scene.messages,
    choose: (days) => scene.change({ period: days }),
  });
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

/** The list of periods, for free dates their fields, for the public why there are no others. */
export function timeParts(scene: Scene): (Drawn | null)[] {
  const unreleased = unreleasedText(scene.meta, scene);
  if (unreleased !== null) return [element('p', { class: 'quiet' }, unreleased)];
  return [windowSelect(scene), dateFields(scene), whyReleased(scene)];
}
