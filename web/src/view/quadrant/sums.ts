/** Sums of the communes that belonged to one former district, from their own rows. Pure. */

import type { AreaRow } from '../../api/types';

/** The communes of one group together; `null` where one of them has no number. */
export interface GroupSum {
  name: string;
  areas: number;
  population: number | null;
  incidents: number | null;
  models: number | null;
  /** Per 100,000 person-years. */
  rate: number | null;
  /** Per 10,000 residents. */
  density: number | null;
}

function sumOf(areas: readonly AreaRow[], value: (area: AreaRow) => number | null | undefined): number | null {
  return areas.reduce<number | null>((sum, area) => {
    const own = value(area);
    return sum === null || own == null ? null : sum + own;
  }, 0);
}

function over(count: number | null, base: number | null, unit: number): number | null {
  return count === null || base === null || base <= 0 ? null : (count / base) * unit;
}

/** The sums by group, the most incidents first; areas of no group are left out. */
export function sumsByGroup(areas: readonly AreaRow[], groups: ReadonlyMap<string, string>): GroupSum[] {
  const members = new Map<string, AreaRow[]>();
  for (const area of areas) {
    const name = groups.get(area.code);
    if (name !== undefined) members.set(name, [...(members.get(name) ?? []), area]);
  }
  const sums = [...members].map(([name, own]): GroupSum => {
    const [population, incidents] = [sumOf(own, (area) => area.population), sumOf(own, (area) => area.incidents)];
    const [models, years] = [sumOf(own, (area) => area.models), sumOf(own, (area) => area.person_years)];
    return {
      ...{ name, areas: own.length, population, incidents, models },
      rate: over(incidents, years, 100_000),
      density: over(models, population, 10_000),
    };
  });
  return sums.sort((a, b) => (b.incidents ?? -1) - (a.incidents ?? -1));
}
