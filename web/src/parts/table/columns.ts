/** The columns of the table: what each says of an area, and by what it is sorted. */

import type { Gazetteer, NamedArea } from '../../api/gazetteer';
import type { AreaRow, Level } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { type AttributeName, type AttributeVoice, shortLabelOf, unitOf, written } from '../../view/text/attributes';
import { reliabilityWords } from '../../view/text/sentence';
import { gradeText, missingText, valueOf } from '../../view/text/values';
import { type Child, element } from '../elements/element';
import { scaleOf, type Scene } from '../scene';
import { swatch } from '../legend/swatch';

/** A column: its cell for an area, and the value it sorts by. */
export interface Column {
  id: ColumnId;
  /** The attribute that it shows, by which the server names it; none where the page has a word of its own. */
  attribute: AttributeName | null;
  /** The heading where it is more than the name of the attribute, its `{label}`. */
  heading?: MessageKey;
  /** What its numbers are counted in, where the server names no unit of the attribute. */
  unit?: MessageKey;
  width_rem: number;
  /** Whether the cell holds a number, which stands to the right and is first sorted from the largest. */
  kind: 'text' | 'number';
  rank(area: AreaRow, groups: Groups): string | number | null;
  text(area: AreaRow, scene: Scene, groups: Groups): string;
  /** What stands before the text, e.g. the colour of the map. */
  sign?(area: AreaRow, scene: Scene): Child;
}

/** The columns by the names that sorting and styles know them by. */
export type ColumnId =
  | 'name'
  | 'code'
  | 'group'
  | 'population'
  | 'incidents'
  | 'detected'
  | 'rate'
  | 'smoothed'
  | 'ratio'
  | 'grade'
  | 'probability'
  | 'reliability'
  | 'statutory'
  | 'models'
  | 'density'
  | 'certified'
  | 'trend'
  | 'cluster';

/** The column that stands whatever the reader hides. */
export const ALWAYS_SHOWN: ColumnId = 'name';

/** The hidden columns as a device keeps them; names that no column has do no harm. */
export function hiddenColumns(text: string | null): ReadonlySet<string> {
  return new Set((text ?? '').split(',').filter((id) => id !== '' && id !== ALWAYS_SHOWN));
}

/** The name of the district, or of the former one, by the code of the area. */
export type Groups = ReadonlyMap<string, string>;

const LEGAL_ORDER = { met: 2, insufficient: 1, not_met: 0 };
const TREND_ORDER = { up: 2, equal: 1, down: 0 };

function withLimits(
  value: number,
  low: number | null | undefined,
  high: number | null | undefined,
  as: (n: number) => string,
): string {
  return low == null || high == null ? as(value) : `${as(value)} (${as(low)}–${as(high)})`;
}

type NumberAttribute = { [K in AttributeName]: NonNullable<AreaRow[K]> extends number ? K : never }[AttributeName];

/** A column of numbers, written as the server says. */
function number(id: ColumnId, attribute: NumberAttribute, width_rem: number, more: Partial<Column> = {}): Column {
  return {
    id,
    attribute,
    width_rem,
    kind: 'number',
    rank: (area) => area[attribute] ?? null,
    text: (area, scene) => {
      const value = area[attribute];
      return value == null ? missingText(area, attribute, scene) : written(value, attribute, scene);
    },
    ...more,
  };
}

function gradeCell(area: AreaRow, scene: Scene): string {
  return area.grade === 'suppressed' ? scene.messages.say('value.hidden') : gradeText(area, scene);
}

const GRADE: Column = {
  id: 'grade',
  attribute: 'grade',
  width_rem: 10.5,
  kind: 'text',
  rank: (area) => valueOf(area, 'grade'),
  text: gradeCell,
  sign: (area, scene) => swatch(scene, 'grade', area),
};

const RELIABILITY: Column = {
  id: 'reliability',
  attribute: 'reliability',
  width_rem: 14,
  kind: 'text',
  rank: (area) => area.reliability ?? null,
  text: (area, scene) =>
    area.reliability == null
      ? missingText(area, 'reliability', scene)
      : reliabilityWords(area.reliability, scaleOf(scene), scene.messages),
};

const STATUTORY: Column = {
  id: 'statutory',
  attribute: 'statutory',
  width_rem: 10,
  kind: 'text',
  rank: (area) => (area.statutory ? LEGAL_ORDER[area.statutory] : null),
  text: (area, { messages }) => messages.say(area.statutory ? `statutory.${area.statutory}` : 'value.none'),
  sign: (area, scene) => (area.statutory ? swatch(scene, 'statutory', area) : null),
};

const TREND: Column = {
  id: 'trend',
  attribute: 'trend',
  width_rem: 12,
  kind: 'text',
  rank: (area) => (area.trend ? TREND_ORDER[area.trend] : null),
  text: (area, { messages }) => messages.say(area.trend ? `trend.${area.trend}` : 'value.none'),
};

const GROUP: Column = {
  id: 'group',
  attribute: null,
  heading: 'table.group',
  width_rem: 11.5,
  kind: 'text',
  rank: (area, groups) => groups.get(area.code) ?? null,
  text: (area, { messages }, groups) => groups.get(area.code) ?? messages.say('value.none'),
};

const RATE = number('rate', 'rate', 10.5, {
  heading: 'table.rate',
  text: (area, scene) => {
    const { rate, rate_low: low, rate_high: high } = area;
    return rate == null
      ? missingText(area, 'rate', scene)
      : withLimits(rate, low, high, (value) => written(value, 'rate', scene));
  },
});

const RATIO = number('ratio', 'ratio', 10.5, {
  unit: 'table.unit.ratio',
  text: (area, scene) => {
    const { ratio, ratio_low: low, ratio_high: high } = area;
    return ratio == null ? missingText(area, 'ratio', scene) : withLimits(ratio, low, high, scene.numbers.ratio);
  },
});

/** All columns, those that decide first. */
const COLUMNS: Column[] = [
  {
    id: 'name',
    attribute: null,
    heading: 'table.name',
    width_rem: 12.5,
    kind: 'text',
    rank: (area) => area.name,
    text: (area) => area.name,
  },
  GRADE,
  number('incidents', 'incidents', 8.25),
  RATE,
  RATIO,
  TREND,
  RELIABILITY,
  number('density', 'model_density', 8.5, { heading: 'table.density', unit: 'table.unit.density' }),
  STATUTORY,
  GROUP,
  number('models', 'models', 6),
  number('certified', 'certified_share', 7.5),
  number('population', 'population', 6.5, { unit: 'table.unit.population' }),
  number('smoothed', 'rate_smoothed', 9),
  number('probability', 'prob_letter', 7.5),
  number('detected', 'detected', 6.5, { unit: 'table.unit.incidents' }),
  { id: 'code', attribute: 'code', width_rem: 5, kind: 'text', rank: (area) => area.code, text: (area) => area.code },
];

/** What stands above a column. */
export function headingOf({ attribute, heading }: Column, voice: AttributeVoice): string {
  const label = attribute === null ? '' : shortLabelOf(attribute, voice);
  return heading === undefined ? label : voice.messages.say(heading, { label });
}

/** What the numbers of a column are counted in; nothing where its cells say it. */
export function unitAbove({ attribute, unit }: Column, voice: AttributeVoice): string {
  if (unit !== undefined) return voice.messages.say(unit);
  return attribute === null ? '' : unitOf(attribute, voice);
}

/** The number of the cluster that holds the area; a column of the layer of clusters. */
function clusterColumn(numbers: ReadonlyMap<string, number>): Column {
  return {
    id: 'cluster',
    attribute: null,
    heading: 'table.cluster',
    width_rem: 7,
    kind: 'text',
    rank: (area) => numbers.get(area.code) ?? null,
    text: (area, scene) => {
      const number = numbers.get(area.code);
      return number === undefined ? '–' : scene.messages.say('clusters.number', { n: scene.numbers.count(number) });
    },
  };
}

/** The columns that say something here: no group where there is none, and clusters where their layer is on show. */
export function columnsFor(groups: Groups, clusters: ReadonlyMap<string, number> | null = null): Column[] {
  const columns = groups.size > 0 ? COLUMNS : COLUMNS.filter((column) => column.id !== 'group');
  return clusters ? [...columns, clusterColumn(clusters)] : columns;
}

/** The cell of an area in a column. */
export function cellParts(column: Column, area: AreaRow, scene: Scene, groups: Groups): Child[] {
  return [column.sign?.(area, scene), element('span', {}, column.text(area, scene, groups))];
}

const keyOf = (edition: string, level: Level, code: string): string => `${edition} ${level} ${code}`;

/** The district of each commune of an edition: its own, or in an edition without districts the one it mostly came from. */
export function groupsOf(gazetteer: Gazetteer | null, edition: string, level: Level): Groups {
  if (!gazetteer || level !== 'commune') return new Map();
  const known = new Map(gazetteer.areas.map((area) => [keyOf(area.edition, area.level, area.code), area]));
  const districtOf = (area: NamedArea | undefined): string | undefined =>
    area && known.get(keyOf(area.edition, 'district', area.parent ?? ''))?.name;
  const formerOf = (area: NamedArea): string | undefined =>
    Object.entries(area.counterparts ?? {})
      .sort(([a], [b]) => b.localeCompare(a))
      .map(([other, { code }]) => districtOf(known.get(keyOf(other, 'commune', code))))
      .find((name) => name !== undefined);
  const pairs = gazetteer.areas
    .filter((area) => area.edition === edition && area.level === 'commune')
    .map((area) => [area.code, districtOf(area) ?? formerOf(area)] as const);
  return new Map(pairs.flatMap(([code, name]) => (name === undefined ? [] : [[code, name] as const])));
}
