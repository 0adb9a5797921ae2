import { describe, expect, it } from 'vitest';
import type { Meta } from '../../../src/api/types';
import { hasSameAreas, isSameBasis, shownMeanwhile } from '../../../src/view/basis';
import { changeBetween, wideChange } from '../../../src/view/steps';
import { readView, type View } from '../../../src/view/view';
import { answer, named } from '../../answers';

const meta = answer<Meta>({
  role: 'planner',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [
    { id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] },
    { id: '2025-01', name: named('Cũ'), levels: ['commune', 'district', 'province'] },
  ],
  windows: [
    { id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15' },
    { id: 'N-2021', name: named('Năm 2021'), from: '2021-01-01', to: '2022-01-01' },
  ],
});
const view = readView('#area=20341', meta);
const with_ = (change: Partial<View>): View => ({ ...view, ...change });

describe('a change of the view', () => {
  it('is a step for area, mode, period, layer, edition, level and filter', () => {
    const steps: Partial<View>[] = [
      { area: null },
      { mode: 'table' },
      { period: { window: 'N-2021' } },
      { against: { window: 'N-2021' } },
      { theme: 'rate' },
      { overlays: ['models'] },
      { edition: '2025-01' },
      { level: 'province' },
      { leveling: 'zoom' },
      { categories: ['chay'] },
      { minSeverity: 3 },
      { compared: ['20341'] },
    ];
    expect(steps.map((change) => changeBetween(view, with_(change)))).toEqual(steps.map(() => 'step'));
  });

  it('is a move for the map, the language, and a level that follows the zoom', () => {
    const camera = { lon: 108, lat: 15.5, zoom: 9 };
    expect(changeBetween(view, with_({ camera }))).toBe('move');
    expect(changeBetween(view, with_({ lang: 'en' }))).toBe('move');
    expect(changeBetween(with_({ leveling: 'zoom' }), with_({ leveling: 'zoom', level: 'province' }))).toBe('move');
    expect(changeBetween(view, { ...view, period: { window: '3N-2025' }, categories: [] })).toBe('move');
  });

  it('is wide for another edition and another filter', () => {
    expect(wideChange(view, with_({ edition: '2025-01' }))).toBe('edition');
    expect(wideChange(view, with_({ categories: ['chay'] }))).toBe('filter');
    expect(wideChange(view, with_({ minSeverity: 2 }))).toBe('filter');
    expect(wideChange(view, with_({ area: null, period: { window: 'N-2021' } }))).toBeNull();
  });
});

describe('what is shown meanwhile', () => {
  it('keeps what rests on the numbers, and takes over the rest', () => {
    const asked = with_({ period: { window: 'N-2021' }, minSeverity: 3, theme: 'rate', area: '20335' });
    const shown = shownMeanwhile(view, asked);
    expect(shown).toEqual({ ...view, theme: 'rate', area: '20335' });
    expect(isSameBasis(shown, view)).toBe(true);
    expect(isSameBasis(asked, view)).toBe(false);
  });

  it('keeps area, comparison and camera where other areas were asked for: their codes mean nothing there', () => {
    const asked = with_({ edition: '2025-01', level: 'district', area: '502', compared: ['503'], mode: 'table' });
    expect(hasSameAreas(view, asked)).toBe(false);
    expect(shownMeanwhile(view, asked)).toEqual({ ...view, mode: 'table' });
  });

  it('is what was asked for where that rests on the same numbers', () => {
    const asked = with_({ mode: 'compare', area: null });
    expect(shownMeanwhile(view, asked)).toBe(asked);
  });

  it('keeps both periods of a comparison, which change together', () => {
    const pair = with_({ against: { window: 'N-2021' } });
    const asked = { ...pair, period: { window: 'N-2021' }, against: { window: '3N-2025' } };
    expect(shownMeanwhile(pair, asked)).toEqual(pair);
  });
});
