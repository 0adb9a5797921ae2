/** The legend is a sentence: what, per whom, over which days, on which boundaries, by which rules, and what was counted apart. */

import type { Overlay } from '../../view/view';
import { coloured, type Drawn, element } from '../elements/element';
import { kindsOf } from '../../view/kinds';
import { groupDot } from '../incidents/dots';
import { denseSquares } from '../incidents/shared';
import { accountText } from './account';
import { circleColour, themeColours } from './figures';
import { keyList, keyOf, keyRow, UNCLEAR } from './legend_keys';
import { coverageText } from './coverage';
import { methodPart } from './legend_method';
import { areasOf, editionOf, formerEdition, GRADES, periodText, type Scene } from '../scene';
import { shortPeriodPart } from './short_period';
import { lineSwatch, swatch } from './swatch';

function pointSwatch(scene: Scene, layerId: string, shape: 'point' | 'square'): Drawn {
  return coloured(element('span', { class: `swatch ${shape}`, 'aria-hidden': 'true' }), circleColour(scene, layerId));
}

/** Which window and which incidents the squares count: they answer few filters, and to any other the nearest of these. */
function squaresText({ meta, messages, squares }: Scene): string {
  if (!squares) return '';
  const window = meta.windows.find((item) => item.id === squares.window);
  const component = meta.components.find((item) => item.id === squares.component);
  const counted = {
    window: window ? messages.pick(window.name) : squares.window,
    group: component ? messages.pick(component.name) : messages.say('legend.squares.all'),
  };
  return ` (${messages.say(squares.as_requested ? 'legend.squares.counted' : 'legend.squares.nearest', counted)})`;
}

/** The release that the numbers are from, for those who are shown one. */
function releaseText({ meta, messages, numbers }: Scene): string {
  const { release } = meta;
  return release
    ? messages.say('legend.release', { number: numbers.count(release.number), day: numbers.day(release.made_on) })
    : '';
}

/** Since when the numbers lie on this device, where the server did not give them now. */
function keptText({ messages, numbers, keptSince }: Scene): string {
  return keptSince ? messages.say('state.kept', { time: numbers.moment(keptSince) }) : '';
}

/** The public sees one point for a commune's models, not where they are; planners see squares instead of incidents. */
function overlayRow(scene: Scene, overlay: Overlay): Drawn | null {
  const { messages, meta } = scene;
  if (overlay === 'districts') {
    const former = formerEdition(scene);
    const text = messages.say('legend.districts', { name: messages.pick(former?.name) });
    return former && keyRow(lineSwatch(scene, 'border-former'), text);
  }
  if (overlay === 'models') {
    const key = meta.role === 'public' ? 'legend.models.public' : 'legend.models';
    return keyRow(pointSwatch(scene, overlay, 'point'), messages.say(key));
  }
  // Single incidents have a key of their own.
  if (meta.role !== 'planner') return null;
  return keyRow(pointSwatch(scene, 'incident-cells', 'square'), `${messages.say('legend.squares')}${squaresText(scene)}`);
}

/** Single incidents, for those who see them: a colour for each group, a size for each severity. */
function incidentRows(scene: Scene): Drawn[] {
  const { messages, meta, view } = scene;
  if (!view.overlays.includes('incidents') || meta.role === 'public' || meta.role === 'planner') return [];
  const groups = kindsOf(meta).map(({ name, categories }) =>
    keyRow(groupDot(scene, categories[0]?.id ?? null), messages.pick(name)),
  );
  const dense = denseSquares.value;
  if (dense) return [...groups, ...dense.key(scene)];
  return [...groups, keyRow(pointSwatch(scene, 'incident-cells', 'point'), messages.say('legend.incidents'))];
}

/** What lies over the colours, when something does. */
function overlayKey(scene: Scene): Drawn | null {
  const lying = scene.view.overlays.map((overlay) => overlayRow(scene, overlay)).filter((row) => row !== null);
  const rows = [...lying, ...incidentRows(scene)];
  return rows.length > 0 ? keyList(...rows) : null;
}

/** Which areas stand out. */
function groupText({ meta, messages, view }: Scene): string {
  const group = meta.peer_groups?.find((item) => item.id === view.group);
  return group ? messages.say('group.stands', { name: messages.pick(group.name) }) : '';
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
  // By which file exactly stands with the method.
  const rules = scheme?.version ? messages.say('legend.rules', { version: scheme.version }) : '';
  const isSample = scene.meta.sample || scene.ratings?.sample === true;
  const lines = [
    isSample && messages.say('sample'),
    [name, days].filter(Boolean).join(': '),
    // A sentence elsewhere, here a part of a line.
    coverageText(scene).replace(/\.$/, ''),
    `${messages.pick(edition?.name)}${counted}`,
    accountText(scene),
    keptText(scene),
    releaseText(scene),
    rules,
    sourcesText(scene),
  ];
  return lines.filter(Boolean).join(' · ');
}

/** The colours in one line: all of the legend that a phone has room for until it is opened. */
function strip(scene: Scene): Drawn {
  const { view } = scene;
  if (view.theme === 'grade') {
    const without = (['insufficient', 'suppressed'] as const).filter((grade) =>
      areasOf(scene).some((area) => area.grade === grade),
    );
    return element(
      'span',
      { class: 'strip' },
      ...GRADES.map((grade) => swatch(scene, 'grade', { grade, reliability: 1 })),
      swatch(scene, 'grade', UNCLEAR),
      ...without.map((grade) => swatch(scene, 'grade', { grade })),
    );
  }
  const colours = themeColours(scene, view.theme).map((colour) => coloured(element('i'), colour));
  return element('span', { class: 'strip' }, element('span', { class: 'sample-colours', 'aria-hidden': 'true' }, ...colours));
}

/** While a run is played: that the classes stay, and what they are fitted to. */
function heldText({ messages, numbers, run }: Scene): Drawn | null {
  if (!run) return null;
  const values = { sampled: numbers.count(run.sampled), steps: numbers.count(run.steps) };
  return element('p', { class: 'unit' }, messages.say('time.held', values));
}

/** The summary with its strip of colours, and what unfolds below it. */
export function legendParts(scene: Scene): Drawn[] {
  const { messages, view } = scene;
  const group = groupText(scene);
  const title = `${messages.say('legend')}: ${messages.say(`layer.${view.theme}`)}`;
  return [
    element('summary', { id: 'legend-summary' }, element('span', { class: 'title' }, title), strip(scene)),
    element(
      'div',
      { class: 'legend-body' },
      shortPeriodPart(scene),
      ...keyOf(scene),
      overlayKey(scene),
      heldText(scene),
      group && element('p', { class: 'quiet' }, group),
      methodPart(scene),
      element('p', { class: 'provenance' }, captionText(scene)),
    ),
  ];
}
