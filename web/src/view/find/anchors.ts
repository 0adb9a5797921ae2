/**
 * The names that everybody knows, by which a reader of the map finds the way: one for each district, also where there are
 * none any more. Which they are follows from the gazetteer and the residents, in any edition.
 */

import type { Gazetteer } from '../../api/gazetteer';
import type { AreaRow, Level } from '../../api/types';
import { bareName, isCity, isTownship, plain } from './names';

type Listed = Gazetteer['areas'][number];

/** An area that lends the map its name, as people say it: "Tam Kỳ" for the ward as for the city. */
export interface Anchor {
  code: string;
  level: Level;
  name: string;
}

/** What the anchors are chosen from. */
export interface AnchorQuestion {
  gazetteer: Gazetteer;
  edition: string;
  level: Level;
  /** The newest edition with districts, where `edition` has none. */
  former: string | null;
  /** The areas on show, for their residents and their size. */
  rows: readonly Pick<AreaRow, 'code' | 'population' | 'area_km2'>[];
}

/** Where districts are unknown: as many of the most populous communes. */
const WITHOUT_DISTRICTS = 15;
const KM_PER_DEGREE = 111.2;
/** The next label of an island lies farther away than this many times the radius of a disc of its size. */
const APART_IN_REACHES = 5;

function anchor({ code, level, name }: Listed): Anchor {
  return { code, level, name: bareName(name) };
}

/** The areas of one level of an edition. */
function listed(areas: Listed[], edition: string, level: Level): Listed[] {
  return areas.filter((area) => area.edition === edition && area.level === level);
}

/** The former district in which most of an area lies. */
function formerDistrict(area: Listed, former: string, communes: ReadonlyMap<string, Listed>): string | null {
  return communes.get(area.counterparts[former]?.code ?? '')?.parent ?? null;
}

/** The areas of today that hold the township of a former district: the seat of its offices. */
function seatsOf(district: Listed, edition: string, communes: ReadonlyMap<string, Listed>): Set<string> {
  const townships = [...communes.values()].filter(({ parent, name }) => parent === district.code && isTownship(name));
  return new Set(townships.flatMap(({ counterparts }) => counterparts[edition]?.code ?? []));
}

/**
 * For each former district the area that still bears its name, or else the one with its township, or else the most populous;
 * cities first, then populous districts.
 */
function ofFormerDistricts(question: AnchorQuestion, former: string, residents: (area: Listed) => number): Anchor[] {
  const { areas } = question.gazetteer;
  const communes = new Map(listed(areas, former, 'commune').map((area) => [area.code, area]));
  const today = listed(areas, question.edition, 'commune');
  const seats = listed(areas, former, 'district').flatMap((district) => {
    const within = today
      .filter((area) => formerDistrict(area, former, communes) === district.code)
      .sort((a, b) => residents(b) - residents(a));
    const name = plain(bareName(district.name));
    const seats = seatsOf(district, question.edition, communes);
    const seat =
      within.find((area) => plain(bareName(area.name)) === name) ?? within.find(({ code }) => seats.has(code)) ?? within[0];
    const weight = within.reduce((sum, area) => sum + residents(area), 0);
    return seat ? [{ seat, weight: isCity(district.name) ? Infinity : weight }] : [];
  });
  return seats.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight)).map(({ seat }) => anchor(seat));
}

/** Whether an area of a size lies by itself, as islands do: the next one is many times its own reach away. */
function isApart(area: Listed, km2: number, others: Listed[]): boolean {
  const reach = Math.sqrt(km2 / Math.PI);
  const [lon, lat] = area.label;
  const away = others.map(
    ({ label: [x, y] }) => Math.hypot((x - lon) * Math.cos((lat * Math.PI) / 180), y - lat) * KM_PER_DEGREE,
  );
  return km2 > 0 && away.every((km) => km > APART_IN_REACHES * reach);
}

/** The communes that lie by themselves. */
function islands({ gazetteer, edition, rows }: AnchorQuestion): Anchor[] {
  const size = new Map(rows.map((row) => [row.code, row.area_km2 ?? 0]));
  const communes = listed(gazetteer.areas, edition, 'commune');
  const apart = communes.filter((area) =>
    isApart(
      area,
      size.get(area.code) ?? 0,
      communes.filter((other) => other !== area),
    ),
  );
  return apart.map(anchor);
}

/** The anchors of a level of an edition, the most important first; none on the level of the province. */
export function anchorsOf(question: AnchorQuestion): Anchor[] {
  const wellKnown = wellKnownIn(question);
  const known = new Set(wellKnown.map(({ code }) => code));
  return question.level === 'commune' ? [...wellKnown, ...islands(question).filter(({ code }) => !known.has(code))] : wellKnown;
}

function wellKnownIn(question: AnchorQuestion): Anchor[] {
  const { gazetteer, edition, level, former, rows } = question;
  if (level === 'province') return [];
  const districts = listed(gazetteer.areas, edition, 'district');
  if (districts.length > 0) return districts.sort((a, b) => Number(isCity(b.name)) - Number(isCity(a.name))).map(anchor);
  const population = new Map(rows.map((row) => [row.code, row.population ?? 0]));
  const residents = ({ code }: Listed): number => population.get(code) ?? 0;
  const found = former === null ? [] : ofFormerDistricts(question, former, residents);
  if (found.length > 0) return found;
  const communes = listed(gazetteer.areas, edition, 'commune').sort((a, b) => residents(b) - residents(a));
  return communes.slice(0, WITHOUT_DISTRICTS).map(anchor);
}
