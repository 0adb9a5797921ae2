/** Alerts: each with its reason in one sentence, the map at that time one click away, and a way to take note of it. */

import { acknowledge, type Alert, type Alerts } from '../../api/roles/situation';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** Lifted and noted alerts that are still listed. */
const EARLIER = 5;

const isOpen = ({ lifted_at, acknowledged_at }: Alert): boolean => !lifted_at && !acknowledged_at;

/** The alerts that stand, then the last ones that do not. */
export function alertParts(scene: Scene, { alerts, method }: Alerts, renew: () => void): Child[] {
  const { messages } = scene;
  const open = alerts.filter(isOpen);
  const earlier = alerts.filter((alert) => !isOpen(alert)).slice(0, EARLIER);
  return [
    open.length === 0 && element('p', { class: 'calm' }, messages.say('situation.alerts.none')),
    open.length > 0 && element('ul', { class: 'alerts' }, ...open.map((alert) => item(scene, alert, renew))),
    earlier.length > 0 &&
      element(
        'details',
        { class: 'earlier fold' },
        element('summary', {}, messages.say('situation.alerts.earlier', { n: String(earlier.length) })),
        element('ul', { class: 'alerts' }, ...earlier.map((alert) => item(scene, alert, renew))),
      ),
    element(
      'details',
      { class: 'method fold' },
      element('summary', {}, messages.say('situation.alerts.method')),
      element('p', {}, messages.pick(method)),
    ),
  ];
}

function item(scene: Scene, alert: Alert, renew: () => void): Drawn {
  const { messages, numbers } = scene;
  const at = (moment: string): string => numbers.moment(new Date(moment));
  const mayNote = Boolean(alert.notes) && isOpen(alert);
  return element(
    'li',
    { id: `alert-${alert.number}`, class: isOpen(alert) ? 'open' : 'over' },
    element('h4', {}, messages.pick(alert.title)),
    element('p', {}, messages.pick(alert.reason)),
    models(scene, alert),
    alert.lifted_at && element('p', { class: 'quiet' }, messages.say('situation.alert.lifted', { at: at(alert.lifted_at) })),
    alert.acknowledged_at &&
      element('p', { class: 'quiet' }, messages.say('situation.alert.noted', { at: at(alert.acknowledged_at) })),
    element(
      'p',
      { class: 'acts' },
      element('a', { href: `#${alert.view}` }, messages.say('situation.alert.map')),
      mayNote &&
        element(
          'button',
          { id: `alert-note-${alert.number}`, type: 'button', class: 'plain', click: () => void noted(scene, alert, renew) },
          messages.say('situation.alert.note'),
        ),
    ),
  );
}

/** Which kinds of model run there, and which do not; what it means is for people to judge. */
function models(scene: Scene, { models: beside }: Alert): Child {
  const { messages } = scene;
  if (!beside || beside.length === 0) return null;
  const there = beside.filter(({ active }) => active > 0).map(({ name, active }) => `${messages.pick(name)} (${active})`);
  const missing = beside.filter(({ active }) => active === 0).map(({ name }) => messages.pick(name));
  const none = messages.say('situation.models.none');
  return element(
    'details',
    { class: 'beside fold' },
    element('summary', {}, messages.say('situation.models')),
    element('p', {}, messages.say('situation.models.there', { names: there.join(', ') || none })),
    missing.length > 0 && element('p', {}, messages.say('situation.models.missing', { names: missing.join(', ') })),
    element('p', { class: 'quiet' }, messages.say('situation.models.claim')),
  );
}

async function noted(scene: Scene, { number }: Alert, renew: () => void): Promise<void> {
  const { messages } = scene;
  try {
    await acknowledge(number);
    scene.announce(messages.say('situation.alert.done'));
    renew();
  } catch (reason) {
    scene.announce(messages.say('situation.missing', { reason: reason instanceof Error ? reason.message : String(reason) }));
  }
}
