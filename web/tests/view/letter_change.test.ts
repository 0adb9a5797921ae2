import { describe, expect, it } from 'vitest';
import type { Explanation, RatedClass } from '../../src/api/explanation';
import { gammaBelow, lnGamma } from '../../src/view/rating/gamma';
import { letterChange, weightsOf } from '../../src/view/rating/letter_change';
import { answer, named, type Part } from '../answers';

describe('the gamma distribution', () => {
  it('is the exponential one at shape 1, and Erlang’s at whole shapes', () => {
    expect(gammaBelow(1, 2, 1)).toBeCloseTo(1 - Math.exp(-2), 14);
    // Shape 3: 1 − e^−x (1 + x + x²/2).
    for (const x of [0.1, 2, 9, 40]) expect(gammaBelow(3, 1, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 13);
  });

  it('is chi-square with half its degrees: the tables’ 95 % points', () => {
    // Pearson & Hartley, Biometrika Tables: χ² at 0.95 for 10 and 100 degrees of freedom.
    expect(gammaBelow(5, 0.5, 18.307)).toBeCloseTo(0.95, 5);
    expect(gammaBelow(50, 0.5, 124.342)).toBeCloseTo(0.95, 5);
  });

  it('rises from 0 to 1, also where shapes are large', () => {
    const values = [-1, 0, 0.5, 0.9, 1, 1.1, 2, Infinity].map((value) => gammaBelow(4000, 4000, value));
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBe(1);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
    // Half of it lies below the median, which is nearly shape − 1/3 over the rate.
    expect(gammaBelow(4000, 1, 4000 - 1 / 3)).toBeCloseTo(0.5, 5);
  });

  it('stands on the logarithm of factorials', () => {
    expect(lnGamma(1)).toBeCloseTo(0, 13);
    expect(lnGamma(6)).toBeCloseTo(Math.log(120), 12);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });
});

const rated = (severity: string, weight: number, observed: number): RatedClass =>
  answer<RatedClass>({ severity, severity_name: named(severity), weight, observed, rated: weight > 0 });

/** Shape 100 at rate 100: the median is nearly 1, so the letter is C, and one point is worth a fifth of an incident. */
const explanation = (members: Part<Explanation> = {}): Explanation =>
  answer<Explanation>({
    level: 'commune',
    grade: 'C',
    withheld: null,
    weighted: { ratio: 0.9967, score: 480, posterior: { distribution: 'gamma', shape: 100, rate: 100 } },
    unweighted: { observed: 90, expected: 95 },
    classes: [rated('nghiem_trong', 7, 30), rated('it_nghiem_trong', 3, 60), rated('phat_hien', 0, 80)],
    method: { bands: [0.5, 0.8, 1.25, 2], min_letter_probability: 0.5, dispersion: 5, basis: 'all_counts' },
    ...members,
  });

describe('what would change the letter', () => {
  it('is the least number of the most numerous severity that leads to another single letter', () => {
    const change = letterChange(explanation(), gammaBelow);
    const [fewer, more] = change?.kind === 'steps' ? change.steps : [];
    expect([fewer?.letter, fewer?.weight.points, more?.letter]).toEqual(['B', 3, 'D']);
    // By the rule itself: one incident less than said still leaves C or a range, the number said does not.
    const chance = (shape: number, low: number, high: number): number =>
      gammaBelow(shape, 100, high) - gammaBelow(shape, 100, low);
    const at = (incidents: number): number => chance(100 - (incidents * 3) / 5, 0.5, 0.8);
    const median = (incidents: number): number => gammaBelow(100 - (incidents * 3) / 5, 100, 0.8);
    const n = fewer?.incidents ?? 0;
    expect(median(n)).toBeGreaterThanOrEqual(0.5);
    expect(at(n)).toBeGreaterThanOrEqual(0.5);
    expect(median(n - 1) >= 0.5 && at(n - 1) >= 0.5).toBe(false);
    // By hand: the median 0.8 needs shape 80 + 1/3, so 19.67 · 5 / 3 = 32.8 incidents; B then holds nearly half.
    expect(n).toBeGreaterThanOrEqual(33);
    expect(n).toBeLessThanOrEqual(35);
  });

  it('takes another severity where the most numerous one does not suffice', () => {
    const classes = [rated('nhe', 1, 40), rated('nang', 20, 30)];
    const change = letterChange(explanation({ classes }), gammaBelow);
    const [fewer] = change?.kind === 'steps' ? change.steps : [];
    expect([fewer?.way, fewer?.weight.points]).toEqual(['fewer', 20]);
    expect(fewer?.incidents).toBeLessThanOrEqual(6);
  });

  it('is worked out for the public from published counts and the prior that it is given', () => {
    // Prior with mean 1 and variance 1/10: shape 10, rate 10; 90 recorded of 90 expected.
    const ofPublic = explanation({
      weighted: { ratio: 0.9967, score: null, posterior: null },
      unweighted: { observed: 90, expected: 90 },
      classes: null,
      method: {
        ...{ bands: [0.5, 0.8, 1.25, 2], min_letter_probability: 0.5, dispersion: null, basis: 'published_counts' },
        ...{ prior_mean: 1, prior_variance: 0.1 },
      },
    });
    const change = letterChange(ofPublic, gammaBelow);
    const [fewer] = change?.kind === 'steps' ? change.steps : [];
    expect([fewer?.letter, fewer?.weight.severity]).toEqual(['B', null]);
    expect(fewer?.incidents).toBeGreaterThanOrEqual(20);
    expect(fewer?.incidents).toBeLessThanOrEqual(22);
  });

  it('is not said where the numbers do not lead back to the letter, or where there is none', () => {
    expect(letterChange(explanation({ grade: 'B' }), gammaBelow)).toBeNull();
    expect(letterChange(explanation({ weighted: { ratio: 0.7 } }), gammaBelow)).toBeNull();
    expect(letterChange(explanation({ grade: 'suppressed' }), gammaBelow)).toBeNull();
    expect(letterChange(explanation({ level: 'province' }), gammaBelow)).toBeNull();
    const unreliable = explanation({ grade: 'insufficient', withheld: 'reliability_below_min_reliability' });
    expect(letterChange(unreliable, gammaBelow)).toEqual({ kind: 'unreliable' });
  });

  it('has nothing to take away where nothing is there', () => {
    const empty = explanation({ classes: [rated('nhe', 3, 0)] });
    const change = letterChange(empty, gammaBelow);
    expect(change?.kind === 'steps' && change.steps.map(({ way }) => way)).toEqual(['more']);
    expect(weightsOf([rated('a', 3, 2), answer<RatedClass>({ ...rated('b', 3, 2), observed: null })])).toHaveLength(1);
  });
});
