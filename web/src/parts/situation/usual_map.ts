/**
 * The communes coloured by where their counts lie against the usual. A drawing of its own: three classes and no tiles, so
 * that it stands at once on a slow line. The colours are those of the letters; a commune opens the map there.
 */

import type { Signal } from '@preact/signals-core';
import type { Outlines, Situation, SituationArea, SituationPart } from '../../api/roles/situation';
import type { GradeCode } from '../../api/types';
import { type Child, type Drawn, element } from '../elements/element';
import { gradeColour, type Scene } from '../scene';
import { rangeText } from './unusual';

const WIDTH = 480;
/** An island far off would make all the rest small. */
const FARTHEST_EAST = 109;

type Standing = SituationPart['standing'];

/** The letters whose colours the classes have; none where nothing is known. */
const COLOURS: Record<Standing, GradeCode | null> = { more: 'E', usual: 'C', fewer: 'B', unknown: null };
const KEYS: Standing[] = ['more', 'usual', 'fewer', 'unknown'];

interface Frame {
  path(rings: [number, number][][][]): string;
  height: number;
}

function framed(outlines: Outlines): Frame {
  const points = outlines.features
    .flatMap(({ geometry }) => geometry?.coordinates.flat(2) ?? [])
    .filter(([lon]) => lon < FARTHEST_EAST);
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east] = [least(lons), most(lons)];
  const [south, north] = [least(lats), most(lats)];
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * narrow || 1);
  const at = ([lon, lat]: [number, number]): string =>
    `${((lon - west) * narrow * scale).toFixed(1)} ${((north - lat) * scale).toFixed(1)}`;
  return {
    height: Math.ceil((north - south) * scale),
    path: (polygons) => polygons.flatMap((rings) => rings.map((ring) => `M${ring.map(at).join('L')}Z`)).join(''),
  };
}

const least = (values: number[]): number => values.reduce((one, other) => Math.min(one, other), Infinity);
const most = (values: number[]): number => values.reduce((one, other) => Math.max(one, other), -Infinity);

/** The map with its key and a line for the commune under the pointer. */
export function usualMap(scene: Scene, situation: Situation, outlines: Outlines | null, pointed: Signal<string | null>): Child[] {
  const { messages } = scene;
  if (outlines === null) return [element('p', { class: 'quiet' }, messages.say('state.loading'))];
  const communes = situation.levels.find(({ level }) => level === 'commune')?.areas ?? [];
  const byCode = new Map(communes.map((area) => [area.code, area]));
  const frame = framed(outlines);
  const shapes = outlines.features.map(({ properties, geometry }) => {
    const area = byCode.get(properties.code);
    return geometry
      ? shape(scene, { area, code: properties.code, name: properties.name, d: frame.path(geometry.coordinates) }, pointed)
      : null;
  });
  const chosen = pointed.value === null ? undefined : byCode.get(pointed.value);
  return [
    element(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${frame.height}`, role: 'group', 'aria-label': messages.say('situation.map.what') },
      ...shapes,
    ),
    element(
      'p',
      { class: 'pointed', 'aria-live': 'polite' },
      chosen ? areaText(scene, chosen) : messages.say('situation.map.hint'),
    ),
    key(scene, communes),
  ];
}

function allOf(area: SituationArea | undefined): SituationPart | undefined {
  return area?.parts.find(({ kind }) => kind === 'all');
}

function areaText(scene: Scene, area: SituationArea): string {
  const part = allOf(area);
  return part ? `${area.name}: ${rangeText(scene, part)}` : area.name;
}

interface Shape {
  area: SituationArea | undefined;
  code: string;
  name: string;
  d: string;
}

function shape(scene: Scene, { area, code, name, d }: Shape, pointed: Signal<string | null>): Drawn {
  const standing = allOf(area)?.standing ?? 'unknown';
  const open = (): void => scene.change({ mode: 'map', level: 'commune', leveling: 'fixed', area: code });
  return element('path', {
    d,
    class: standing,
    role: 'button',
    tabindex: standing === 'more' || standing === 'fewer' ? 0 : -1,
    'aria-label': area ? areaText(scene, area) : name,
    style: colour(scene, standing),
    click: open,
    keydown: (event) => {
      if ((event as KeyboardEvent).key === 'Enter') open();
    },
    pointerenter: () => (pointed.value = code),
    focus: () => (pointed.value = code),
  });
}

function colour(scene: Scene, standing: Standing): Record<string, string> {
  const letter = COLOURS[standing];
  const fill = letter === null ? null : gradeColour(scene, letter);
  return fill === null ? {} : { fill };
}

/** How many communes each class has. */
function key(scene: Scene, communes: SituationArea[]): Drawn {
  const { messages, numbers } = scene;
  const count = (standing: Standing): number => communes.filter((area) => allOf(area)?.standing === standing).length;
  const items = KEYS.filter((standing) => standing !== 'unknown' || count(standing) > 0).map((standing) =>
    element(
      'li',
      {},
      element(
        'svg',
        { viewBox: '0 0 12 12', 'aria-hidden': 'true' },
        element('rect', { class: standing, width: 12, height: 12, style: colour(scene, standing) }),
      ),
      `${messages.say(`situation.standing.${standing}`)} (${numbers.count(count(standing))})`,
    ),
  );
  return element('ul', { class: 'key' }, ...items);
}
