/** The legend is a sentence: what, per whom, over which days, on which boundaries, by which rules, and what was counted apart. */

import type { AreaRow } from '../api/types';
import { fillColour } from '../map/dressing';
import { stepBounds } from '../map/expression';
import { rounded } from '../map/classes';
import { coloured, element } from './element';
import { circleColour, countCircles, reliabilityFan } from './figures';
import { areasOf, editionOf, GRADES, periodText, type Scene } from './scene';
import { swatch } from './swatch';

function keyRow(mark: HTMLElement, text: string): HTMLElement {
  return element('li', {}, mark, element('span', {}, text));
}

/** "≤ 0,5", "0,5–0,8", …, "> 2" for ascending bounds. */
export function classTexts(bounds: number[], format: (value: number) => string): string[] {
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (first === undefined || last === undefined) return [];
  const between = bounds.slice(1).map((bound, index) => `${format(bounds[index] ?? 0)}–${format(bound)}`);
  return [`≤ ${format(first)}`, ...between, `> ${format(last)}`];
}

function gradeKey(scene: Scene): HTMLElement[] {
  const { messages } = scene;
  const bands = classTexts(scene.meta.grade?.bands ?? [], scene.numbers.bound);
  const rows = GRADES.map((grade, index) => keyRow(swatch(scene, 'grade', { grade, reliability: 1 }), bands[index] ?? ''));
  const hint = messages.say('legend.reliability.hint');
  return [
    element(
      'div',
      { class: 'fan-and-key' },
      element('figure', {}, reliabilityFan(scene, hint), element('figcaption', {}, hint)),
      element(
        'div',
        {},
        element('p', { class: 'unit' }, messages.say('legend.times', { range: '' }).trim()),
        element('ul', { class: 'key' }, ...rows),
      ),
    ),
    element(
      'ul',
      { class: 'key wide' },
      keyRow(swatch(scene, 'grade', { grade: 'insufficient' }), messages.say('legend.insufficient')),
      keyRow(swatch(scene, 'grade', { grade: 'suppressed' }), messages.say('legend.suppressed')),
    ),
  ];
}

function sequentialKey(scene: Scene, property: 'rate_smoothed' | 'model_density'): HTMLElement[] {
  const { theme } = scene.view;
  const bounds = stepBounds(fillColour(scene.style, theme, areasOf(scene)));
  const format = property === 'rate_smoothed' ? scene.numbers.rate : scene.numbers.density;
  const [first, last] = [bounds[0], bounds.at(-1)];
  const inClass = [0, ...bounds].map((value): Partial<AreaRow> => ({ [property]: value }));
  const between = bounds.slice(1).map((bound, index) => `${format(bounds[index] ?? 0)}–${format(bound)}`);
  const texts = first === undefined || last === undefined ? [] : [`< ${format(first)}`, ...between, `≥ ${format(last)}`];
  const ramp = texts.map((text, index) =>
    element('li', {}, swatch(scene, theme, inClass[index] ?? {}), element('span', {}, text)),
  );
  return [
    element('ul', { class: 'ramp' }, ...ramp),
    element('ul', { class: 'key wide' }, keyRow(swatch(scene, theme, {}), scene.messages.say('legend.none'))),
  ];
}

function statutoryKey(scene: Scene): HTMLElement[] {
  const rows = (['met', 'not_met', 'insufficient'] as const).map((statutory) =>
    keyRow(swatch(scene, 'statutory', { statutory }), scene.messages.say(`statutory.${statutory}`)),
  );
  return [element('ul', { class: 'key wide' }, ...rows)];
}

function countKey(scene: Scene): (HTMLElement | SVGElement)[] {
  const most = Math.max(0, ...areasOf(scene).map((area) => area.incidents ?? 0));
  if (most <= 0) return [];
  return [
    countCircles(
      scene,
      [...new Set([most / 25, most / 4, most].map(rounded))].filter((count) => count >= 1),
    ),
  ];
}

function keyOf(scene: Scene): (HTMLElement | SVGElement)[] {
  switch (scene.view.theme) {
    case 'grade':
      return gradeKey(scene);
    case 'rate':
      return sequentialKey(scene, 'rate_smoothed');
    case 'density':
      return sequentialKey(scene, 'model_density');
    case 'statutory':
      return statutoryKey(scene);
    case 'count':
      return countKey(scene);
  }
}

/** What the points mean, when some are shown. The public sees one point for a commune's models, not where they are. */
function overlayKey(scene: Scene): HTMLElement | null {
  const { messages, meta, view } = scene;
  const rows = view.overlays.map((overlay) => {
    const key = overlay === 'models' && meta.role === 'public' ? 'legend.models.public' : (`legend.${overlay}` as const);
    return keyRow(
      coloured(element('span', { class: 'swatch point', 'aria-hidden': 'true' }), circleColour(scene, overlay)),
      messages.say(key),
    );
  });
  return rows.length > 0 ? element('ul', { class: 'key wide' }, ...rows) : null;
}

function totalsText(scene: Scene): string {
  const { messages, numbers } = scene;
  const { incidents, outside, unlocated, district_only } = scene.ratings?.totals ?? {};
  if (incidents == null) return '';
  const total = messages.sayCount('legend.total', incidents, { n: numbers.count(incidents) });
  const apart = [
    outside != null && messages.say('legend.outside', { n: numbers.count(outside) }),
    unlocated != null && messages.say('legend.unlocated', { n: numbers.count(unlocated) }),
    district_only != null && district_only > 0 && messages.say('legend.district_only', { n: numbers.count(district_only) }),
  ].filter(Boolean);
  if (apart.length === 0) return `${total}; ${messages.say('legend.hidden')}`;
  return `${total}; ${apart.join(', ')} (${messages.say('legend.apart')})`;
}

/** Whose data the map is drawn from, as plain text: attributions may come as HTML. */
function sourcesText(scene: Scene): string {
  const inStyle = Object.values(scene.style.sources).flatMap((source) => ('attribution' in source && source.attribution) || []);
  const names = [scene.attribution, ...inStyle].map((name) => name.replace(/<[^>]*>/g, '').trim()).filter(Boolean);
  return names.length === 0 ? '' : `${scene.messages.say('sources')}: ${[...new Set(names)].join(', ')}`;
}

/** The line under the map: which days, which boundaries, how many were counted, which rules. */
export function captionText(scene: Scene): string {
  const { messages, numbers, view } = scene;
  const edition = editionOf(scene);
  const { name, days } = periodText(scene);
  const scheme = scene.ratings?.scheme ?? scene.meta.rules;
  const units = edition?.areas?.[view.level];
  const counted = units != null ? ` (${messages.say(`legend.units.${view.level}`, { n: numbers.count(units) })})` : '';
  const rules = scheme?.version
    ? `${messages.say('legend.rules', { version: scheme.version })}${scheme.hash ? ` · ${scheme.hash.replace(/^sha256[:-]/, '').slice(0, 8)}` : ''}`
    : '';
  const lines = [
    [name, days].filter(Boolean).join(': '),
    `${messages.pick(edition?.name)}${counted}`,
    totalsText(scene),
    rules,
    sourcesText(scene),
  ];
  return lines.filter(Boolean).join(' · ');
}

/** The five colours in one line: all of the legend that a phone has room for until it is opened. */
function strip(scene: Scene): HTMLElement {
  const { messages, view } = scene;
  if (view.theme === 'grade')
    return element(
      'span',
      { class: 'strip' },
      ...GRADES.map((grade) => swatch(scene, 'grade', { grade, reliability: 1 })),
      swatch(scene, 'grade', { grade: 'insufficient' }),
    );
  return element('span', { class: 'strip' }, messages.say(`layer.${view.theme}`));
}

export function legendParts(scene: Scene): HTMLElement[] {
  const { messages, view } = scene;
  return [
    element('summary', { id: 'legend-summary' }, element('span', { class: 'title' }, messages.say('legend')), strip(scene)),
    element(
      'div',
      { class: 'legend-body' },
      element('p', { class: 'what' }, messages.say(`legend.${view.theme}.what`)),
      ...keyOf(scene),
      overlayKey(scene),
      element('p', { class: 'provenance' }, captionText(scene)),
    ),
  ];
}
