import { describe, expect, it } from 'vitest';
import type { Meta } from '../../../src/api/types';
import { addressFaults, areaFaults, nearestParameter, PARAMETERS } from '../../../src/view/address_faults';
import { readView, writeView } from '../../../src/view/view';
import { answer, named } from '../../answers';

const meta = answer<Meta>({
  role: 'public',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [
    { id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] },
    { id: '2025-01', name: named('Cũ'), levels: ['commune', 'district', 'province'] },
  ],
  windows: [
    { id: '3N-2025', name: named('Ba năm'), released: true },
    { id: 'N-2025', name: named('Năm'), released: false },
  ],
  schemes: [{ id: 'default', name: named('Chung'), version: '1', hash: 'x' }],
});
const planner = answer<Meta>({ ...meta, role: 'planner', categories: [{ id: 'chay', name: named('Cháy'), component: 'x' }] });
const faults = (fragment: string, of = meta): string[] =>
  addressFaults(fragment, of).map(({ parameter, value, reason }) => `${reason} ${parameter}=${value}`);

describe('what of an address is not followed', () => {
  it('is nothing where all of it is', () => {
    expect(faults('')).toEqual([]);
    expect(faults(writeView(readView('#window=3N-2025&edition=2025-01&level=district&layer=rate&show=models', meta)))).toEqual(
      [],
    );
    expect(
      faults('#from=2024-01-01&to=2024-02-01&categories=chay&min_severity=3&layer=clusters&show=incidents', planner),
    ).toEqual([]);
    expect(faults('#level=auto&at=108.1,15.6,9&lang=en&mode=table&scheme=default')).toEqual([]);
  });

  it('is named with its value where there is no such thing', () => {
    expect(faults('#edition=1999&window=X&layer=galaxy&mode=dream&show=models,aliens&at=here&scheme=s&group=g&lang=fr')).toEqual([
      'unknown lang=fr',
      'unknown mode=dream',
      'unknown edition=1999',
      'unknown group=g',
      'unknown at=here',
      'unknown window=X',
      'unknown scheme=s',
      'unknown layer=galaxy',
      'unknown show=aliens',
    ]);
    expect(faults('#categories=chay,trom&min_severity=9', planner)).toEqual([
      'unknown categories=trom',
      'unknown min_severity=9',
    ]);
  });

  it('is told from what is not for the role', () => {
    expect(faults('#window=N-2025')).toEqual(['role window=N-2025']);
    expect(faults('#against=N-2025')).toEqual(['role against=N-2025']);
    expect(faults('#from=2024-01-01&to=2024-02-01')).toEqual(['role from, to=2024-01-01–2024-02-01']);
    expect(faults('#layer=movement&show=incidents&categories=chay&min_severity=2')).toEqual([
      'role categories=chay',
      'role min_severity=2',
      'role layer=movement',
      'role show=incidents',
    ]);
    expect(faults('#window=N-2025&layer=movement', planner)).toEqual([]);
    expect(faults('#mode=desk', planner)).toEqual(['role mode=desk']);
    expect(faults('#mode=desk', answer<Meta>({ ...planner, role: 'operator' }))).toEqual([]);
  });

  it('is a range of days that is none, for every role', () => {
    for (const dates of ['from=2024-02-30&to=2024-03-01', 'from=2024-03-01&to=2024-03-01', 'from=2024-03-01', 'from=x&to=y'])
      expect(faults(`#${dates}`, planner), dates).toHaveLength(1);
    expect(faults('#against=2024-01-01..2023-01-01', planner)).toEqual(['unknown against=2024-01-01..2023-01-01']);
  });

  it('is a level that the edition does not have', () => {
    expect(faults('#level=district')).toEqual(['unknown level=district']);
    expect(faults('#edition=2025-01&level=district')).toEqual([]);
  });

  it('is a parameter that no address has, with the nearest that there is', () => {
    expect(addressFaults('#windw=TK-2024&colour=red&level=commune', meta)).toEqual([
      { parameter: 'windw', value: 'TK-2024', reason: 'parameter', nearest: 'window' },
      { parameter: 'colour', value: 'red', reason: 'parameter' },
    ]);
    const nearest = ['Window', 'levl', 'severity', 'layers', 'min-severity', 'areas', 'periods', 'x', ''].map(nearestParameter);
    const expected = ['window', 'level', 'min_severity', 'layer', 'min_severity', 'area', undefined, undefined, undefined];
    expect(nearest).toEqual(expected);
  });

  it('is no parameter that the page itself writes', () => {
    const wall = '#mode=wall&walk=layers&every=40&group=1&against=3N-2025&from=2024-01-01&to=2024-02-01&min_severity=2&area=1';
    const written = new URLSearchParams(writeView(readView(`${wall}&compare=1,2&at=108,15,9&lang=en`, planner)).slice(1));
    expect([...written.keys()].filter((name) => !PARAMETERS.includes(name))).toEqual([]);
  });

  it('is a walk of the wall that there is not', () => {
    expect(faults('#mode=wall&walk=backwards&every=1')).toEqual(['unknown walk=backwards', 'unknown every=1']);
    expect(faults('#mode=wall')).toEqual([]);
  });

  it('is an area, or one of those compared, that is not among those of its edition and level', () => {
    expect(areaFaults('#area=20341&compare=20335,99999', ['20335', '20341'])).toEqual([
      { parameter: 'compare', value: '99999', reason: 'unknown' },
    ]);
    expect(areaFaults('#area=1', ['20335'])).toEqual([{ parameter: 'area', value: '1', reason: 'unknown' }]);
    expect(areaFaults('', [])).toEqual([]);
  });
});
