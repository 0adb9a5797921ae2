import { expect, it } from 'vitest';
import { folded } from '../../src/i18n/fold';
import { dayAfter, lastDay, numbersIn } from '../../src/i18n/numbers';

const vi = numbersIn('vi');
const en = numbersIn('en');

it('counts, rates and shares follow the language', () => {
  expect([vi.count(6450), en.count(6450)]).toEqual(['6.450', '6,450']);
  expect([vi.rate(312.4), vi.rate(4.26), en.rate(4.26)]).toEqual(['312', '4,3', '4.3']);
  expect([vi.ratio(0.3), en.ratio(0.3)]).toEqual(['0,30', '0.30']);
  expect(vi.percent(0.942).replace(/\s/g, '')).toBe('94,2%');
  expect([vi.bound(1.25), vi.bound(2)]).toEqual(['1,25', '2']);
  expect([vi.area(36.4), vi.area(5.83)]).toEqual(['36 km²', '5,8 km²']);
});

it('a half-open period is shown by its first and last day', () => {
  expect(vi.period('2022-12-15', '2025-12-15')).toBe('15/12/2022 – 14/12/2025');
  expect(vi.period('2025-01-05', '2025-02-01')).toBe('05/01/2025 – 31/01/2025');
  expect(en.period('2022-12-15', '2025-12-15')).toBe('15 Dec 2022 – 14 Dec 2025');
});

it('days step over months, years and leap days', () => {
  expect([lastDay('2024-03-01'), lastDay('2025-01-01'), dayAfter('2023-02-28'), dayAfter('2024-12-31')]).toEqual([
    '2024-02-29',
    '2024-12-31',
    '2023-03-01',
    '2025-01-01',
  ]);
});

it('names are ordered in Vietnamese whatever the language of the page', () => {
  for (const numbers of [vi, en])
    expect(['Xã Đức Phú', 'Xã Duy Nghĩa', 'Xã Gò Nổi', 'Xã Ân', 'Xã An'].sort(numbers.compare)).toEqual([
      'Xã An',
      'Xã Ân',
      'Xã Duy Nghĩa',
      'Xã Đức Phú',
      'Xã Gò Nổi',
    ]);
});

it('marks are folded away, composed or not', () => {
  expect([folded('Phường Tam Kỳ'), folded('ĐIỆN BÀN'), folded('Trà Dơn'.normalize('NFD'))]).toEqual([
    'phuong tam ky',
    'dien ban',
    'tra don',
  ]);
});
