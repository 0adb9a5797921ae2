import { describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../src/api/gazetteer';
import type { Meta } from '../../src/api/types';
import { numbersIn } from '../../src/i18n/numbers';
import { changeTo, destinationOf, withoutEchoes } from '../../src/view/find/destination';
import { neighbour, nearest, type LabelPoint } from '../../src/view/find/neighbours';
import { entriesOf, found } from '../../src/view/find/search';
import { readView } from '../../src/view/view';
import { answer, named, type Part } from '../answers';

type ListedArea = Gazetteer['areas'][number];

const area = (edition: string, code: string, name: string, more: Part<ListedArea> = {}): Part<ListedArea> => ({
  edition,
  code,
  name,
  level: 'commune',
  ...more,
});
const now = (code: string, name: string, share = 1): Part<ListedArea['counterparts']> => ({ '2025-07': { code, name, share } });

const GAZETTEER = answer<Gazetteer>({
  default_edition: '2025-07',
  editions: ['2025-01', '2025-07'],
  areas: [
    area('2025-07', '20341', 'Phường Tam Kỳ'),
    area('2025-07', '20410', 'Phường Hội An'),
    area('2025-07', '20401', 'Phường Hội An Tây'),
    area('2025-07', '20350', 'Phường Hương Trà'),
    area('2025-07', '20938', 'Xã Trà Leng'),
    area('2025-07', '20959', 'Xã Trà Vân'),
    area('2025-01', '502', 'Thành phố Tam Kỳ', { level: 'district' }),
    area('2025-01', '503', 'Thành phố Hội An', { level: 'district' }),
    area('2025-01', '514', 'Huyện Tiên Phước', { level: 'district' }),
    area('2025-01', '20341', 'Phường An Mỹ', { counterparts: now('20341', 'Phường Tam Kỳ') }),
    area('2025-01', '20374', 'Xã Tam Đàn', { counterparts: now('20364', 'Xã Chiên Đàn') }),
    area('2025-01', '20392', 'Xã Tam Dân', { counterparts: now('20392', 'Xã Phú Ninh', 0.61) }),
    area('2025-01', '20938', 'Xã Trà Dơn', { counterparts: now('20938', 'Xã Trà Leng') }),
    area('2025-01', '20956', 'Xã Trà Don', { counterparts: now('20938', 'Xã Trà Leng') }),
    area('2025-01', '20959', 'Xã Trà Vân', { counterparts: now('20959', 'Xã Trà Vân') }),
  ],
  models: [
    { id: '7', kind: 'camera', code: '20341' },
    { id: '8', kind: 'to_hoa_giai', code: '20410' },
    { id: '10', kind: 'to_hoa_giai', code: '20410' },
    { id: '9', kind: 'camera', code: null },
  ],
});
const meta = answer<Meta>({
  sample: true,
  epoch: 1,
  role: 'planner',
  default_edition: '2025-07',
  default_window: 'W',
  editions: [
    { id: '2025-01', name: named('Cũ'), levels: ['commune', 'district'], valid_from: '2025-01-01' },
    { id: '2025-07', name: named('Mới'), levels: ['commune'], valid_from: '2025-07-01' },
  ],
  windows: [{ id: 'W', name: named('W'), from: '2022-01-01', to: '2025-01-01' }],
});
const view = readView('', meta);
const entries = entriesOf(GAZETTEER, (kind) => (kind === 'to_hoa_giai' ? 'Tổ hòa giải' : 'Camera'));
const order = { edition: '2025-07', compareNames: numbersIn('vi').compare };
const names = (text: string): string[] =>
  withoutEchoes(found(entries, text, order), view, meta).map((hit) => hit.model?.name ?? hit.area.name);
const first = (text: string): string | undefined => names(text)[0];

describe('the search', () => {
  it('finds with diacritics or without, whatever the case or the space', () => {
    for (const text of ['tam ky', 'Tam Kỳ', 'TAM KỲ', 'tamky', ' phường  tam kỳ ']) expect(first(text)).toBe('Phường Tam Kỳ');
  });

  it('understands abbreviated kinds of unit', () => {
    expect(first('tp hoi an')).toBe('Thành phố Hội An');
    expect(first('tp. hội an')).toBe('Thành phố Hội An');
    expect(first('P. An My')).toBe('Phường An Mỹ');
    expect(first('p hoi an')).toBe('Phường Hội An');
    expect(first('x tra van')).toBe('Xã Trà Vân');
    expect(first('h. tien phuoc')).toBe('Huyện Tiên Phước');
  });

  it('still finds the name where the kind is another one', () => {
    expect(first('tx tien phuoc')).toBe('Huyện Tiên Phước');
    expect(names('h')).toContain('Phường Hội An');
  });

  it('finds by code, today’s unit before the former one', () => {
    expect(names('20341')).toEqual(['Phường Tam Kỳ', 'Phường An Mỹ']);
    expect(names('2093')).toEqual(['Xã Trà Leng', 'Xã Trà Dơn']);
    expect(names('2')).toEqual([]);
  });

  it('puts the exact name before its beginning, words and parts', () => {
    expect(names('hoi an').slice(0, 3)).toEqual(['Phường Hội An', 'Thành phố Hội An', 'Phường Hội An Tây']);
    expect(names('tra').slice(0, 2)).toEqual(['Xã Trà Leng', 'Xã Trà Vân']);
    expect(names('huong')[0]).toBe('Phường Hương Trà');
  });

  it('lists names that differ only by diacritics, the written one first', () => {
    expect(names('tra don').sort()).toEqual(['Xã Trà Don', 'Xã Trà Dơn']);
    expect(first('Trà Dơn')).toBe('Xã Trà Dơn');
    expect(first('Trà Don')).toBe('Xã Trà Don');
    expect(names('Tam Đàn')).toEqual(['Xã Tam Đàn', 'Xã Tam Dân']);
    expect(names('tam dan').sort()).toEqual(['Xã Tam Dân', 'Xã Tam Đàn']);
  });

  it('names a unit once that kept its name', () => {
    expect(names('tra van')).toEqual(['Xã Trà Vân']);
  });

  it('finds models by kind and place, each once in a commune, and none without a place', () => {
    expect(names('camera')).toEqual(['Camera']);
    expect(names('to hoa giai')).toEqual(['Tổ hòa giải']);
    expect(first('hoa giai hoi an')).toBe('Tổ hòa giải');
    expect(first('hoi an')).toBe('Phường Hội An');
  });

  it('gives nothing for nothing, and nothing for signs', () => {
    for (const text of ['', '  ', '.,;', '<b>', '🙂']) expect(names(text)).toEqual([]);
    expect(entriesOf(answer<Gazetteer>({ default_edition: '', editions: [], areas: [] }), () => '')).toEqual([]);
  });

  it('finds one name among ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => area('2025-07', String(10_000 + n), `Xã Thí Dụ ${n}`));
    const index = entriesOf(answer<Gazetteer>({ ...GAZETTEER, areas: many, models: null }), () => '');
    expect(found(index, 'thi du 77', order)[0]?.area.name).toBe('Xã Thí Dụ 77');
  });
});

describe('where a hit leads', () => {
  const named = (edition: string, name: string): ListedArea => {
    const hit = GAZETTEER.areas.find((item) => item.edition === edition && item.name === name);
    if (!hit) throw new Error(name);
    return hit;
  };

  it('is today’s unit for a former name, all or most of it', () => {
    expect(destinationOf(named('2025-01', 'Phường An Mỹ'), view, meta)).toEqual({
      edition: '2025-07',
      level: 'commune',
      code: '20341',
      successor: { name: 'Phường Tam Kỳ', part: 'whole' },
    });
    expect(destinationOf(named('2025-01', 'Xã Tam Dân'), view, meta).successor).toEqual({ name: 'Xã Phú Ninh', part: 'most' });
  });

  it('is the former edition itself where today has no such level', () => {
    const to = destinationOf(named('2025-01', 'Thành phố Tam Kỳ'), view, meta);
    expect(to).toMatchObject({ edition: '2025-01', level: 'district', code: '502', successor: null });
    expect(changeTo(to, view)).toMatchObject({ edition: '2025-01', level: 'district', area: '502', leveling: 'fixed' });
  });

  it('is today’s edition for a name of today looked for in a former one', () => {
    const then = { ...view, edition: '2025-01' };
    expect(destinationOf(named('2025-07', 'Phường Tam Kỳ'), then, meta)).toMatchObject({ edition: '2025-07', code: '20341' });
    expect(destinationOf(named('2025-01', 'Phường An Mỹ'), then, meta)).toMatchObject({ edition: '2025-01', code: '20341' });
  });

  it('changes nothing but the selection where it can, and joins a comparison once', () => {
    const to = destinationOf(named('2025-07', 'Phường Tam Kỳ'), view, meta);
    expect(changeTo(to, view)).toEqual({ area: '20341' });
    const comparing = { ...view, mode: 'compare' as const, compared: ['20410'] };
    expect(changeTo(to, comparing)).toEqual({ compared: ['20410', '20341'] });
    expect(changeTo(to, { ...comparing, compared: ['20341'] })).toEqual({ compared: ['20341'] });
    expect(changeTo(to, { ...view, mode: 'desk' })).toEqual({ area: '20341', mode: 'map' });
  });
});

describe('steps over the map', () => {
  const places: LabelPoint[] = [
    { code: 'centre', at: [108, 15.5] },
    { code: 'north', at: [108.02, 15.7] },
    { code: 'far north', at: [108, 15.9] },
    { code: 'east', at: [108.2, 15.55] },
    { code: 'corner', at: [108.12, 15.39] },
  ];
  const centre: LabelPoint = { code: 'centre', at: [108, 15.5] };

  it('go to the nearest area in the direction', () => {
    expect(neighbour(places, centre, 'north')?.code).toBe('north');
    expect(neighbour(places, centre, 'east')?.code).toBe('east');
  });

  it('end at the rim, and start nowhere without areas', () => {
    expect(neighbour(places, centre, 'west')).toBeNull();
    expect(neighbour([], centre, 'north')).toBeNull();
    expect(nearest([], [108, 15])).toBeNull();
  });

  it('come back where the way there was straight', () => {
    const there = neighbour(places, centre, 'north');
    expect(there && neighbour(places, there, 'south')?.code).toBe('centre');
    expect(nearest(places, [108.01, 15.51])?.code).toBe('centre');
  });
});
