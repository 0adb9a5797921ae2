import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from '../../src/api/series';
import type { AreaRow } from '../../src/api/types';
import { movedBy } from '../../src/parts/compare/periods/divider';
import { axisFromZero, ratioAxis, rootAxis, roundStep, spacedOut } from '../../src/view/time/axis';
import {
  chanceLimits,
  FUNNEL_LEVELS,
  gammaQuantile,
  gammaShare,
  spreadLimits,
  varianceBetween,
} from '../../src/view/compare/funnel';
import { runs } from '../../src/view/time/runs';
import { wrapped } from '../../src/view/share/wrapped';
import { answer } from '../answers';

describe('axes', () => {
  it('step in round values', () => {
    expect(roundStep(100, 5)).toBe(20);
    expect(roundStep(101, 5)).toBe(25);
    expect(roundStep(0.7, 5)).toBeCloseTo(0.2);
  });

  it('begin at zero and end on a tick', () => {
    const axis = axisFromZero(87, [10, 110]);
    expect(axis.ticks).toEqual([0, 20, 40, 60, 80, 100]);
    expect([axis.at(0), axis.at(50), axis.at(100), axis.at(999)]).toEqual([10, 60, 110, 110]);
  });

  it('stand without any value', () => {
    expect(axisFromZero(0, [0, 100]).at(0)).toBe(0);
  });

  it('give equal ratios equal lengths', () => {
    const axis = ratioAxis(0.25, 4, [0, 100], [0.1, 0.5, 1, 2]);
    expect(axis.at(1)).toBeCloseTo(50);
    expect(axis.at(2) - axis.at(1)).toBeCloseTo(axis.at(1) - axis.at(0.5));
    expect(axis.ticks).toEqual([0.5, 1, 2]);
  });

  it('of roots keep the order and the ends', () => {
    const axis = rootAxis(100, [0, 100]);
    expect([axis.at(0), axis.at(25), axis.at(100)]).toEqual([0, 50, 100]);
  });

  it('move labels apart without changing their order or leaving the frame', () => {
    expect(spacedOut([10, 12, 50], 15, 100)).toEqual([10, 25, 50]);
    expect(spacedOut([98, 97], 15, 100)).toEqual([100, 85]);
    expect(spacedOut([], 15, 100)).toEqual([]);
  });
});

describe('the limits of the funnel', () => {
  // Chi-square tables: P(1, x) = 1 − e^−x; the 97.5 % point of chi-square with 10 degrees is 20.483.
  it('agree with tables of chi-square', () => {
    expect(gammaShare(1, 2)).toBeCloseTo(1 - Math.exp(-2), 10);
    expect(2 * gammaQuantile(5, 0.975)).toBeCloseTo(20.483, 3);
    expect(2 * gammaQuantile(0.5, 0.95)).toBeCloseTo(3.841, 3);
    expect(gammaShare(3, 0)).toBe(0);
  });

  it('are those of Garwood for ten expected: 4.795 to 18.390', () => {
    const limits = chanceLimits(10, 0.95);
    expect(10 * limits.low).toBeCloseTo(4.795, 3);
    expect(10 * limits.high).toBeCloseTo(18.39, 2);
  });

  it('narrow as more is expected, and widen with the variance between areas', () => {
    expect(chanceLimits(400, 0.95).high).toBeLessThan(chanceLimits(4, 0.95).high);
    const { deviate } = FUNNEL_LEVELS[0];
    expect(spreadLimits(100, deviate, 0.05).high).toBeGreaterThan(spreadLimits(100, deviate, 0).high);
    expect(spreadLimits(1, deviate, 1).low).toBe(0);
  });

  it('take the variance between areas from the deviates of the server', () => {
    const between = 0.03;
    const expected = 118;
    const z = -1.2;
    const adjusted = z * Math.sqrt(0.25 / expected / (0.25 / expected + between));
    const area = answer<AreaRow>({
      code: '502',
      name: '',
      level: 'district',
      unweighted: { expected },
      funnel: { z, z_adjusted: adjusted },
    });
    expect(varianceBetween([area])).toBeCloseTo(between, 10);
    expect(varianceBetween([])).toBeNull();
    expect(varianceBetween([{ ...area, funnel: null }])).toBeNull();
  });
});

describe('lines over time', () => {
  const point = (rate: number | null) => answer<SeriesPoint>({ from: '2024-01-01', to: '2025-01-01', rate });

  it('break where a rate is hidden instead of bridging it', () => {
    const found = runs([point(1), point(2), point(null), point(3)]);
    expect(found.map((run) => run.map(({ index }) => index))).toEqual([[0, 1], [3]]);
    expect(runs([point(null)])).toEqual([]);
    expect(runs([])).toEqual([]);
  });
});

describe('the divider of two maps', () => {
  it('moves by small and large steps and to the ends, and not beyond', () => {
    expect([movedBy('ArrowLeft', 50), movedBy('PageUp', 50), movedBy('Home', 50), movedBy('End', 50)]).toEqual([48, 60, 0, 100]);
    expect([movedBy('ArrowLeft', 1), movedBy('PageUp', 95)]).toEqual([0, 100]);
  });

  it('leaves other keys alone', () => {
    expect(movedBy('Tab', 50)).toBeNull();
  });
});

describe('text in drawings', () => {
  it('breaks between words, never inside one', () => {
    expect(wrapped('Thành phố Tam Kỳ', 10)).toEqual(['Thành phố', 'Tam Kỳ']);
    expect(wrapped('Nghiêng', 3)).toEqual(['Nghiêng']);
    expect(wrapped('', 10)).toEqual([]);
  });
});
