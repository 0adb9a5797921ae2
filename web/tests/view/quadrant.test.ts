import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../src/api/types';
import { middleDensity, placedAreas, within } from '../../src/view/quadrant/plot';
import { FIRST_RULE, isSameRule, MOST_RULES, readRules, taken, withRule } from '../../src/view/quadrant/rules';
import { sumsByGroup } from '../../src/view/quadrant/sums';
import { answer } from '../answers';

const area = (code: string, more: Partial<AreaRow>): AreaRow => answer<AreaRow>({ code, ...more });
const AREAS = [
  area('1', { grade: 'D', model_density: 5.9, ratio: 1.4 }),
  area('2', { grade: 'E', model_density: 6, ratio: 2.4 }),
  area('3', { grade: 'C', model_density: 1, ratio: 1 }),
  area('4', { grade: 'range', grade_best: 'D', grade_worst: 'E', model_density: 2, ratio: 2 }),
  area('5', { grade: 'range', grade_best: 'C', grade_worst: 'D', model_density: 2, ratio: 1.2 }),
  area('6', { grade: 'D', model_density: null, ratio: 1.5 }),
  area('7', { grade: 'insufficient', model_density: 3, ratio: null }),
];

describe('a rule', () => {
  it('takes letters within its own and densities on its side; the bound itself is not below', () => {
    expect(taken(AREAS, FIRST_RULE)).toEqual(['1', '4']);
    expect(taken(AREAS, { ...FIRST_RULE, side: 'above' })).toEqual(['2']);
    expect(taken(AREAS, { from: 'A', to: 'E', side: 'above', density: 0 })).toEqual(['1', '2', '3', '4', '5']);
    expect(taken([], FIRST_RULE)).toEqual([]);
  });

  it('is kept on the device and read back; what is none is left out', () => {
    const rules = withRule([], FIRST_RULE);
    expect(readRules(JSON.stringify(rules))).toEqual(rules);
    for (const text of [null, '', 'x', '{}', '[{"from":"Z"}]', '[{"from":"D","to":"E","side":"below","density":-1}]'])
      expect(readRules(text)).toEqual([]);
  });

  it('that is saved again moves up, and the oldest goes', () => {
    const many = Array.from({ length: 20 }, (_, density) => ({ ...FIRST_RULE, density }));
    const rules = many.reduce((kept: (typeof many)[number][], rule) => withRule(kept, rule), []);
    expect(rules).toHaveLength(MOST_RULES);
    const [, second] = rules;
    const again = second ? withRule(rules, second) : [];
    expect(again).toHaveLength(MOST_RULES);
    expect(second && again[0] && isSameRule(again[0], second)).toBe(true);
  });
});

describe('the plot', () => {
  it('holds the areas of which both numbers are known', () => {
    expect(placedAreas(AREAS).map(({ area: { code } }) => code)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('is parted where half of the areas have fewer models', () => {
    const densities = (...values: number[]): number =>
      middleDensity(placedAreas(values.map((d) => area(String(d), { model_density: d, ratio: 1 }))));
    expect([densities(1, 9, 2), densities(1, 2, 3, 9), densities()]).toEqual([2, 2.5, 0]);
  });

  it('gives what a box holds, wherever it was begun', () => {
    const points = [
      { code: 'a', x: 5, y: 5 },
      { code: 'b', x: 15, y: 5 },
    ];
    expect(within({ x1: 10, y1: 10, x2: 0, y2: 0 }, points)).toEqual(['a']);
    expect(within({ x1: 0, y1: 0, x2: 15, y2: 5 }, points)).toEqual(['a', 'b']);
  });
});

describe('sums by former district', () => {
  const groups = new Map([
    ['1', 'Huyện A'],
    ['2', 'Huyện A'],
    ['3', 'Huyện B'],
  ]);
  const row = (code: string, incidents: number | null): AreaRow =>
    area(code, { incidents, population: 10_000, person_years: 30_000, models: 5 });

  it('add counts up and make rates of the sums', () => {
    const [a, b] = sumsByGroup([row('1', 20), row('2', 10), row('3', 1), row('4', 99)], groups);
    expect(a).toMatchObject({ name: 'Huyện A', areas: 2, incidents: 30, population: 20_000, models: 10, density: 5 });
    // 30 incidents over 60,000 person-years.
    expect(a?.rate).toBeCloseTo(50, 9);
    expect([b?.name, b?.incidents]).toEqual(['Huyện B', 1]);
  });

  it('are none where one of the communes has no number', () => {
    const [b, a] = sumsByGroup([row('1', 20), row('2', null), row('3', 1)], groups);
    expect([b?.name, a?.name, a?.incidents, a?.rate, a?.models]).toEqual(['Huyện B', 'Huyện A', null, null, 10]);
    expect(sumsByGroup([], groups)).toEqual([]);
  });
});
