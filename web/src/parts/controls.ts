/** The selectors: edition, period, level, layer, overlays; for planners also free dates, kinds and severity. */

import type { Level, Window } from '../api/types';
import { dayAfter, lastDay } from '../i18n/numbers';
import type { MessageKey } from '../i18n/messages';
import { mayFilterFreely, OVERLAYS, type Overlay, type Theme, THEMES } from '../view/view';
import { type Child, coloured, element } from './element';
import { themeColours } from './figures';
import { editionOf, type Scene } from './scene';

const FREE = 'free';
const GROUPS = ['3N', 'TK', 'N', 'ANTT'] as const;

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: id }, label), control);
}

function select(id: string, label: string, options: HTMLElement[], value: string, choose: (value: string) => void): HTMLElement {
  const node = element('select', { id, change: () => choose(node.value) }, ...options);
  node.value = value;
  return field(id, label, node);
}

function editionSelect(scene: Scene): HTMLElement {
  const options = scene.meta.editions.map((edition) =>
    element('option', { value: edition.id }, scene.messages.pick(edition.name) || edition.id),
  );
  return select('edition', scene.messages.say('edition'), options, scene.view.edition, (edition) =>
    scene.change({ edition, camera: null }),
  );
}

function groupOf(window: Window): string {
  return GROUPS.find((prefix) => window.id.startsWith(`${prefix}-`)) ?? 'rest';
}

function windowOptions(scene: Scene): HTMLElement[] {
  const allowed = scene.meta.windows.filter((window) => mayFilterFreely(scene.meta) || window.released !== false);
  return [...GROUPS, 'rest'].flatMap((group) => {
    const members = allowed.filter((window) => groupOf(window) === group).sort((a, b) => b.to.localeCompare(a.to));
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

function windowSelect(scene: Scene): HTMLElement {
  const { messages, view } = scene;
  const options = windowOptions(scene);
  if (mayFilterFreely(scene.meta)) options.push(element('option', { value: FREE }, messages.say('window.free')));
  const value = 'window' in view.period ? view.period.window : FREE;
  return select('window', messages.say('window'), options, value, (chosen) =>
    scene.change({ period: chosen === FREE ? datesOf(scene) : { window: chosen } }),
  );
}

function dateFields(scene: Scene): HTMLElement | null {
  const { period } = scene.view;
  if (!('from' in period)) return null;
  const choose = (from: string, last: string): void => {
    if (from && last && from <= last) scene.change({ period: { from, to: dayAfter(last) } });
  };
  const from = element('input', { id: 'from', type: 'date', value: period.from, change: () => choose(from.value, last.value) });
  const last = element('input', {
    id: 'until',
    type: 'date',
    value: lastDay(period.to),
    change: () => choose(from.value, last.value),
  });
  return element(
    'div',
    { class: 'pair' },
    field('from', scene.messages.say('from'), from),
    field('until', scene.messages.say('until'), last),
  );
}

function categoryBoxes(scene: Scene): HTMLElement | null {
  const { messages, view, meta } = scene;
  if (!mayFilterFreely(meta) || !meta.categories?.length) return null;
  const toggle = (id: string): void => {
    const rest = view.categories.filter((item) => item !== id);
    scene.change({ categories: rest.length < view.categories.length ? rest : [...view.categories, id] });
  };
  const boxes = meta.categories.map((category) =>
    element(
      'label',
      { class: 'choice' },
      element('input', {
        id: `category-${category.id}`,
        type: 'checkbox',
        checked: view.categories.includes(category.id),
        change: () => toggle(category.id),
      }),
      messages.pick(category.name),
    ),
  );
  const chosen =
    view.categories.length === 0
      ? messages.say('categories.all')
      : messages.say('categories.some', { n: view.categories.length });
  return element(
    'details',
    { id: 'categories', class: 'categories', open: view.categories.length > 0 },
    element('summary', {}, `${messages.say('categories')}: ${chosen}`),
    ...boxes,
  );
}

function severitySelect(scene: Scene): HTMLElement | null {
  const { messages, meta, view } = scene;
  if (!mayFilterFreely(meta) || !meta.severities?.length) return null;
  const options = [
    element('option', { value: '' }, messages.say('severity.any')),
    ...meta.severities.map((item) => element('option', { value: item.number }, messages.pick(item.name))),
  ];
  return select(
    'severity',
    messages.say('severity'),
    options,
    view.minSeverity === null ? '' : String(view.minSeverity),
    (value) => scene.change({ minSeverity: value === '' ? null : Number(value) }),
  );
}

/** A group of radio buttons that looks like one bar of buttons. */
function radios<T extends string>(
  name: string,
  legend: string,
  items: readonly T[],
  chosen: T,
  labelOf: (item: T) => Child[],
  choose: (item: T) => void,
): HTMLElement {
  const choices = items.map((item) =>
    element(
      'label',
      { class: 'segment' },
      element('input', {
        id: `${name}-${item}`,
        type: 'radio',
        name,
        value: item,
        checked: item === chosen,
        change: () => choose(item),
      }),
      element('span', {}, ...labelOf(item)),
    ),
  );
  return element('fieldset', { class: `segments ${name}` }, element('legend', {}, legend), ...choices);
}

function levelRadios(scene: Scene): HTMLElement {
  const levels: Level[] = editionOf(scene)?.levels ?? [scene.view.level];
  const { messages } = scene;
  return radios(
    'level',
    messages.say('level'),
    levels,
    scene.view.level,
    (level) => [messages.say(`level.${level}`)],
    (level) => scene.change({ level }),
  );
}

function overlayBoxes(scene: Scene): HTMLElement {
  const { messages, view, meta } = scene;
  const maySee = (overlay: Overlay): boolean => overlay !== 'incidents' || meta.role === 'commander';
  const toggle = (overlay: Overlay): void => {
    const rest = view.overlays.filter((item) => item !== overlay);
    scene.change({ overlays: rest.length < view.overlays.length ? rest : [...view.overlays, overlay] });
  };
  const boxes = OVERLAYS.filter(maySee).map((overlay) =>
    element(
      'label',
      { class: 'choice' },
      element('input', {
        id: `overlay-${overlay}`,
        type: 'checkbox',
        checked: view.overlays.includes(overlay),
        change: () => toggle(overlay),
      }),
      messages.say(`overlay.${overlay}`),
    ),
  );
  return element('fieldset', { class: 'overlays' }, element('legend', {}, messages.say('overlays')), ...boxes);
}

/** The colours of a layer in small, so that it is known by sight. */
function sampleOf(scene: Scene, theme: Theme): HTMLElement {
  return element(
    'span',
    { class: 'sample-colours', 'aria-hidden': 'true' },
    ...themeColours(scene, theme).map((colour) => coloured(element('i'), colour)),
  );
}

export function controlParts(scene: Scene): (HTMLElement | null)[] {
  const { messages, view } = scene;
  return [
    radios(
      'layer',
      messages.say('layer'),
      THEMES,
      view.theme,
      (theme) => [messages.say(`layer.${theme}`), sampleOf(scene, theme)],
      (theme) => scene.change({ theme }),
    ),
    levelRadios(scene),
    windowSelect(scene),
    dateFields(scene),
    editionSelect(scene),
    categoryBoxes(scene),
    severitySelect(scene),
    overlayBoxes(scene),
  ];
}
