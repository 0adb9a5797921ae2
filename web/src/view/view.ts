/**
 * What the page shows, as one plain value: the address bar, the controls and the map all speak of the same `View`.
 * The fragment carries it (never the query): it stays out of server logs, and the server needs no rule for it.
 */

import type { Level, Meta } from '../api/types';

export const THEMES = ['grade', 'rate', 'density', 'statutory', 'count'] as const;
export type Theme = (typeof THEMES)[number];
export const OVERLAYS = ['models', 'incidents'] as const;
export type Overlay = (typeof OVERLAYS)[number];
export type Language = 'vi' | 'en';

/** Either a named window or free dates, half-open as the server takes them. */
export type Period = { window: string } | { from: string; to: string };

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

export interface View {
  lang: Language;
  edition: string;
  period: Period;
  categories: string[];
  minSeverity: number | null;
  level: Level;
  theme: Theme;
  overlays: Overlay[];
  area: string | null;
  camera: Camera | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((item) => item === value) ?? null;
}

function readCamera(text: string | null): Camera | null {
  const [lon, lat, zoom] = (text ?? '').split(',').map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined) return null;
  const sane = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return sane ? { lon, lat, zoom } : null;
}

function readPeriod(query: URLSearchParams, meta: Meta, free: boolean): Period {
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  if (free && DATE.test(from) && DATE.test(to) && from < to) return { from, to };
  const known = meta.windows.find((window) => window.id === query.get('window') && (free || window.released !== false));
  return { window: known?.id ?? meta.default_window };
}

/** Whether the role may ask beyond the released tables. */
export function mayFilterFreely(meta: Meta): boolean {
  return meta.role !== 'public';
}

/** The view that a fragment asks for, as far as the server and the role allow; all else falls back to the defaults. */
export function readView(fragment: string, meta: Meta): View {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const free = mayFilterFreely(meta);
  const wanted = query.get('edition') ?? meta.default_edition;
  const edition =
    meta.editions.find((item) => item.id === wanted) ??
    meta.editions.find((item) => item.id === meta.default_edition) ??
    meta.editions[0];
  const levels = edition?.levels ?? [];
  const known = new Set(meta.categories?.map((category) => category.id));
  const severity = Number(query.get('min_severity') ?? NaN);
  return {
    lang: query.get('lang') === 'en' ? 'en' : 'vi',
    edition: edition?.id ?? '',
    period: readPeriod(query, meta, free),
    categories: free ? (query.get('categories') ?? '').split(',').filter((id) => known.has(id)) : [],
    minSeverity: free && Number.isInteger(severity) && severity >= 1 && severity <= 5 ? severity : null,
    level: oneOf(levels, query.get('level')) ?? levels[0] ?? 'commune',
    theme: oneOf(THEMES, query.get('layer')) ?? 'grade',
    overlays: (query.get('show') ?? '').split(',').flatMap((item) => oneOf(OVERLAYS, item) ?? []),
    area: query.get('area'),
    camera: readCamera(query.get('at')),
  };
}

/** The fragment that `readView` turns back into `view`. */
export function writeView(view: View): string {
  const query = new URLSearchParams({ edition: view.edition, ...view.period, level: view.level, layer: view.theme });
  if (view.categories.length > 0) query.set('categories', view.categories.join(','));
  if (view.minSeverity !== null) query.set('min_severity', String(view.minSeverity));
  if (view.overlays.length > 0) query.set('show', view.overlays.join(','));
  if (view.area !== null) query.set('area', view.area);
  if (view.camera)
    query.set('at', [view.camera.lon.toFixed(4), view.camera.lat.toFixed(4), view.camera.zoom.toFixed(2)].join(','));
  if (view.lang === 'en') query.set('lang', 'en');
  return `#${query.toString().replaceAll('%2C', ',')}`;
}

/** The filter parameters of the server for this view. */
export function filterOf(view: View): URLSearchParams {
  const filter = new URLSearchParams({ edition: view.edition, ...view.period });
  if (view.categories.length > 0) filter.set('categories', [...view.categories].sort().join(','));
  if (view.minSeverity !== null) filter.set('min_severity', String(view.minSeverity));
  return filter;
}

/** `view` with `change` applied. Codes mean nothing outside their edition and level, so the selection goes when those do. */
export function changedView(view: View, change: Partial<View>, meta: Meta): View {
  const next = { ...view, ...change };
  const levels = meta.editions.find((item) => item.id === next.edition)?.levels ?? [];
  if (!levels.includes(next.level)) next.level = levels[0] ?? 'commune';
  const moved = next.edition !== view.edition || next.level !== view.level;
  if (moved && change.area === undefined) next.area = null;
  return next;
}
