/** Says in words what of a link could not be followed. */

import type { MessageKey } from '../i18n/messages';
import type { Scene } from '../parts/scene';
import { hasSameAreas } from '../view/basis';
import { readView } from '../view/view';
import { addressFaults, areaFaults, type Fault } from '../view/address_faults';

/** What readers call the parameters of an address. */
const NAMES: Record<string, MessageKey> = {
  lang: 'language',
  mode: 'views',
  edition: 'edition',
  level: 'level',
  group: 'group',
  at: 'link.part',
  window: 'window',
  'from, to': 'link.dates',
  against: 'link.against',
  categories: 'categories',
  min_severity: 'severity',
  scheme: 'rating',
  layer: 'layer',
  show: 'overlays',
  area: 'panel',
  compare: 'compare',
  walk: 'link.walk',
  every: 'link.walk',
};
/** A longer value is cut. */
const MOST_LETTERS = 48;

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function sentence({ messages }: Scene, { parameter, value, reason, nearest }: Fault): string {
  if (reason === 'parameter') {
    const name = shortened(parameter);
    if (nearest === undefined) return messages.say('link.parameter', { parameter: name });
    return messages.say('link.parameter.nearest', { parameter: name, nearest });
  }
  const key = NAMES[parameter];
  const name = key ? messages.say(key) : parameter;
  return messages.say(`link.${reason}`, { name, parameter, value: shortened(value) });
}

/** What of the fragment was not followed, in sentences; none where all of it was. */
export function faultSentences(scene: Scene, fragment: string): string[] {
  const { meta, ratings, view } = scene;
  const codes = ratings && hasSameAreas(readView(fragment, meta), view) ? ratings.areas.map(({ code }) => code) : null;
  const faults = [...addressFaults(fragment, meta), ...(codes ? areaFaults(fragment, codes) : [])];
  if (faults.length === 0) return [];
  return [scene.messages.say('link.faults'), ...faults.map((fault) => sentence(scene, fault))];
}
