import { describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../../src/api/gazetteer';
import { anchorsOf } from '../../../src/view/find/anchors';
import { bareName } from '../../../src/view/find/names';

type Listed = Gazetteer['areas'][number];

function listed(edition: string, level: Listed['level'], code: string, name: string, more: Partial<Listed> = {}): Listed {
  return { edition, level, code, name, parent: null, label: [108, 15], counterparts: {}, ...more };
}

const from = (code: string): Partial<Listed> => ({ counterparts: { old: { code, name: '', share: 1 } } });

const gazetteer: Gazetteer = {
  sample: true,
  epoch: 1,
  default_edition: 'new',
  editions: ['old', 'new'],
  areas: [
    listed('old', 'district', '502', 'Thành phố Tam Kỳ'),
    listed('old', 'district', '511', 'Huyện Phước Sơn'),
    listed('old', 'commune', '1', 'Phường An Mỹ', { parent: '502' }),
    listed('old', 'commune', '2', 'Thị trấn Khâm Đức', {
      parent: '511',
      counterparts: { new: { code: '13', name: '', share: 1 } },
    }),
    listed('new', 'commune', '10', 'Phường Tam Kỳ', from('1')),
    listed('new', 'commune', '11', 'Phường Quảng Phú', from('1')),
    listed('new', 'commune', '12', 'Xã Phước Năng', from('2')),
    listed('new', 'commune', '13', 'Xã Khâm Đức', from('2')),
  ],
};
const rows = [
  { code: '10', population: 50, area_km2: null },
  { code: '11', population: 90, area_km2: null },
  { code: '12', population: 210, area_km2: null },
  { code: '13', population: 200, area_km2: null },
];
const question = { gazetteer, edition: 'new', level: 'commune' as const, former: 'old', rows };
const names = (of: Parameters<typeof anchorsOf>[0]): string[] => anchorsOf(of).map(({ name }) => name);

describe('the names that everybody knows', () => {
  it('are of each former district the area of its name, or else of its township; cities first', () => {
    expect(anchorsOf(question)).toEqual([
      { code: '10', level: 'commune', name: 'Tam Kỳ' },
      { code: '13', level: 'commune', name: 'Khâm Đức' },
    ]);
  });

  it('are of the most populous area where there was no township', () => {
    const areas = gazetteer.areas.map((area) => ({ ...area, name: area.name.replace('Thị trấn', 'Xã') }));
    expect(names({ ...question, gazetteer: { ...gazetteer, areas } })).toEqual(['Tam Kỳ', 'Phước Năng']);
  });

  it('are the districts themselves where there are some', () => {
    expect(names({ ...question, edition: 'old', former: null })).toEqual(['Tam Kỳ', 'Phước Sơn']);
    expect(names({ ...question, edition: 'old', former: null, level: 'district' })).toEqual(['Tam Kỳ', 'Phước Sơn']);
  });

  it('are the most populous communes where no district is known', () => {
    expect(names({ ...question, former: null })).toEqual(['Phước Năng', 'Khâm Đức', 'Quảng Phú', 'Tam Kỳ']);
  });

  it('are none on the level of the province', () => {
    expect(anchorsOf({ ...question, level: 'province' })).toEqual([]);
  });

  it('are of islands too, which lie by themselves', () => {
    const island = listed('new', 'commune', '20', 'Xã Tân Hiệp', { label: [108.5, 15] });
    const withIsland = { ...gazetteer, areas: [...gazetteer.areas, island] };
    const sized = [...rows.map((row) => ({ ...row, area_km2: 30 })), { code: '20', population: 1, area_km2: 16 }];
    expect(names({ ...question, gazetteer: withIsland, rows: sized })).toEqual(['Tam Kỳ', 'Khâm Đức', 'Tân Hiệp']);
  });

  it('are said without the kind of unit', () => {
    expect(['Thành phố Tam Kỳ', 'Xã Trà My', 'Phường An Mỹ', 'Quảng Nam'].map(bareName)).toEqual([
      'Tam Kỳ',
      'Trà My',
      'An Mỹ',
      'Quảng Nam',
    ]);
  });
});
