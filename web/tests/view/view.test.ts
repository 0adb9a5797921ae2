import { describe, expect, it } from 'vitest';
import type { Meta } from '../../src/api/types';
import { changedView, filterOf, languageOf, preferredLanguage, readView, writeView } from '../../src/view/view';
import { answer, named } from '../answers';

const meta = answer<Meta>({
  sample: true,
  epoch: 1,
  role: 'public',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [
    { id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] },
    { id: '2025-01', name: named('Cũ'), levels: ['commune', 'district', 'province'] },
  ],
  windows: [
    { id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true },
    { id: 'N-2025', name: named('2025'), from: '2025-01-01', to: '2026-01-01', released: false },
  ],
  categories: [
    { id: 'trom_cap', name: named('Trộm cắp') },
    { id: 'chay', name: named('Cháy') },
  ],
});
const planner: Meta = { ...meta, role: 'planner' };

describe('the view', () => {
  it('starts from the server’s defaults', () => {
    expect(readView('', meta)).toMatchObject({
      lang: 'vi',
      edition: '2025-07',
      period: { window: '3N-2025' },
      level: 'commune',
      theme: 'grade',
      area: null,
      camera: null,
    });
  });

  it('comes back from its own address', () => {
    const view = readView(
      '#edition=2025-01&from=2024-01-01&to=2024-07-01&categories=chay,trom_cap&min_severity=3&level=district&layer=rate&area=502&show=models&at=108.12,15.61,9.5&lang=en',
      planner,
    );
    expect(readView(writeView(view), planner)).toEqual(view);
    expect(view).toMatchObject({
      edition: '2025-01',
      period: { from: '2024-01-01', to: '2024-07-01' },
      level: 'district',
      minSeverity: 3,
      camera: { lon: 108.12, lat: 15.61, zoom: 9.5 },
    });
  });

  it('ignores what does not exist', () => {
    expect(
      readView('#edition=1999&window=X&level=galaxy&layer=<b>&lang=fr&at=nonsense&show=secrets&min_severity=9', meta),
    ).toEqual(readView('', meta));
  });

  it('asks for nothing that the public may not have', () => {
    const view = readView('#window=N-2025&from=2024-01-01&to=2024-07-01&categories=chay&min_severity=3', meta);
    expect(filterOf(view).toString()).toBe('edition=2025-07&window=3N-2025');
  });

  it('refuses a period that ends before it begins', () => {
    expect(readView('#from=2024-07-01&to=2024-01-01', planner).period).toEqual({ window: '3N-2025' });
  });

  it('writes the same filter whatever the order of the categories', () => {
    const filter = (list: string): string => filterOf(readView(`#categories=${list}`, planner)).toString();
    expect(filter('chay,trom_cap')).toBe(filter('trom_cap,chay'));
  });

  it('drops a selected code with its edition or level', () => {
    const view = { ...readView('', meta), area: '20341' };
    expect(changedView(view, { edition: '2025-01' }, meta).area).toBeNull();
    expect(changedView(view, { level: 'province' }, meta).area).toBeNull();
    expect(changedView(view, { theme: 'rate' }, meta).area).toBe('20341');
  });

  it('leaves a level that the new edition does not have', () => {
    const view = readView('#edition=2025-01&level=district', meta);
    expect(changedView(view, { edition: '2025-07' }, meta).level).toBe('commune');
  });

  it('keeps the level by zoom, the group, the scheme and every overlay in its address', () => {
    const rich = answer<Meta>({
      ...planner,
      schemes: [{ id: 'terrain', name: named('Cùng địa bàn'), version: '1', hash: 'x' }],
      peer_groups: [{ id: 'mien_nui', name: named('Miền núi') }],
    });
    const view = readView('#level=auto&group=mien_nui&scheme=terrain&show=models,districts&layer=clusters', rich);
    expect(view).toMatchObject({
      leveling: 'zoom',
      level: 'commune',
      group: 'mien_nui',
      scheme: 'terrain',
      overlays: ['models', 'districts'],
      theme: 'clusters',
    });
    expect(readView(writeView(view), rich)).toEqual(view);
  });

  it('opens the desk to operators alone, and keeps it in their address', () => {
    expect(readView('#mode=desk', planner).mode).toBe('map');
    const operator = answer<Meta>({ ...planner, role: 'operator' });
    const view = readView('#mode=desk', operator);
    expect([view.mode, readView(writeView(view), operator).mode]).toEqual(['desk', 'desk']);
  });

  it('speaks the language of the address, else the first of the browser’s that it knows', () => {
    expect(languageOf('#lang=en', 'vi')).toBe('en');
    expect(languageOf('#lang=vi', 'en')).toBe('vi');
    expect(languageOf('#lang=fr', 'en')).toBe('en');
    expect(preferredLanguage(['fr-FR', 'en-GB', 'vi'])).toBe('en');
    expect(preferredLanguage(['de', 'vi-VN', 'en'])).toBe('vi');
    expect(preferredLanguage(['fr'])).toBe('vi');
    expect(preferredLanguage([])).toBe('vi');
  });
});
