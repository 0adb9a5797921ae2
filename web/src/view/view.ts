/**
 * What the page shows, as one plain value: the address bar, the controls and the map all speak of the same `View`.
 * The fragment carries it (never the query): it stays out of server logs, and the server needs no rule for it.
 */

import { isPublished } from '../api/published/mark';
import type { Level, Meta } from '../api/types';
import { readWall, type Wall, writeWall } from './wall/wall';

/** Three views of the same filter and selection. */
export const MODES = ['map', 'table', 'compare'] as const;
/** What operators alone have: their desk, and reports of people beside the map. */
export const DESKS = ['desk', 'reports'] as const;
/** One of the views of the filter and the selection, the last days against the usual, or a desk of operators. */
export type Mode = (typeof MODES)[number] | 'situation' | (typeof DESKS)[number];

/** The views that a role may choose. A published site compares nothing: nobody could answer for the areas that are chosen. */
export function modesOf(role: Meta['role']): readonly Mode[] {
  if (isPublished) return ['map', 'table'];
  if (role === 'public') return MODES;
  return role === 'operator' ? ['situation', ...MODES, ...DESKS] : ['situation', ...MODES];
}
/** The mode of an address that names no view: who watches over the province asks first what has changed. */
function firstMode(query: URLSearchParams, role: Meta['role']): Mode {
  const isBare = [...query.keys()].every((key) => key === 'lang');
  return isBare && (role === 'commander' || role === 'operator') ? 'situation' : 'map';
}

/** What the areas can be coloured by, in the order of the selector. */
export const THEMES = ['grade', 'statutory', 'movement', 'rate', 'count', 'clusters', 'density', 'certified'] as const;

/** What the areas are coloured by. */
export type Theme = (typeof THEMES)[number];
/** What can lie over the colours. */
export const OVERLAYS = ['models', 'incidents', 'districts'] as const;
/** One of the layers over the colours. */
export type Overlay = (typeof OVERLAYS)[number];
/** The languages of the page. */
export type Language = 'vi' | 'en';

/** Either a named window or free dates, half-open as the server takes them. */
export type Period = { window: string } | { from: string; to: string };

/** What part of the map is on the screen. */
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

/** Whether the level on show is the reader's choice or follows the zoom of the map. */
export type Leveling = 'fixed' | 'zoom';

/** Everything that a link to the page reproduces. */
export interface View {
  lang: Language;
  mode: Mode;
  edition: string;
  period: Period;
  /** The other period of a comparison of periods. */
  against: Period | null;
  categories: string[];
  minSeverity: number | null;
  /** The rating scheme; `null` is the server's default one. */
  scheme: string | null;
  /** The peer group whose areas stand out; `null` is all. */
  group: string | null;
  level: Level;
  leveling: Leveling;
  theme: Theme;
  overlays: Overlay[];
  area: string | null;
  /** The areas of a comparison, in the order in which they were picked. */
  compared: string[];
  camera: Camera | null;
  /** Whether the map hangs on a wall, and how it walks there. */
  wall: Wall | null;
}

/** A comparison holds no more areas. */
export const MOST_COMPARED = 6;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^\d{2,5}$/;

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((item) => item === value) ?? null;
}

/** Whether a text names a day of the calendar. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** What only the bodies in charge see: layers and overlays of which the public has nothing in any period. */
const ENTRUSTED: readonly string[] = ['movement', 'clusters', 'incidents'] satisfies (Theme | Overlay)[];

/** Whether the role may choose a layer or an overlay at all. */
export function isOpenTo(role: Meta['role'], layer: Theme | Overlay): boolean {
  return role !== 'public' || !ENTRUSTED.includes(layer);
}

/** The part of the map that `lon,lat,zoom` names. */
export function readCamera(text: string | null): Camera | null {
  const [lon, lat, zoom] = (text ?? '').split(',').map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined) return null;
  const sane = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return sane ? { lon, lat, zoom } : null;
}

/** Whether the role may ask beyond the released tables. */
export function mayFilterFreely(meta: Meta): boolean {
  return meta.role !== 'public';
}

/** The period that a window id, or two dates, name for this role. */
function namedPeriod(meta: Meta, id: string | null, from: string, to: string): Period | null {
  const free = mayFilterFreely(meta);
  if (free && isDate(from) && isDate(to) && from < to) return { from, to };
  const known = meta.windows.find((window) => window.id === id && (free || window.released !== false));
  return known ? { window: known.id } : null;
}

/** The period shown when none is asked for; without a name where the role may ask for none. */
export function defaultPeriod(meta: Meta): Period {
  return { window: meta.default_window ?? '' };
}

function readPeriod(query: URLSearchParams, meta: Meta): Period {
  const period = namedPeriod(meta, query.get('window'), query.get('from') ?? '', query.get('to') ?? '');
  return period ?? defaultPeriod(meta);
}

/** The other period: the id of a window, or two dates joined by two dots as in ISO 8601-2 texts for people. */
function readAgainst(query: URLSearchParams, meta: Meta): Period | null {
  const text = query.get('against') ?? '';
  const [from = '', to = ''] = text.split('..');
  return namedPeriod(meta, text, from, to);
}

function writtenAgainst(period: Period): string {
  return 'window' in period ? period.window : `${period.from}..${period.to}`;
}

/** Whether two periods are the same choice. */
export function isSamePeriod(a: Period | null, b: Period | null): boolean {
  return a === b || (a !== null && b !== null && writtenAgainst(a) === writtenAgainst(b));
}

/** The language that the reader's browser asks for: English only where no Vietnamese comes before it. */
export function preferredLanguage(languages: readonly string[] = globalThis.navigator?.languages ?? []): Language {
  const known = languages.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'vi' || tag === 'en');
  return known === 'en' ? 'en' : 'vi';
}

/** The language that a fragment asks for, or else the reader's browser. */
export function languageOf(fragment: string, preferred: Language = preferredLanguage()): Language {
  const asked = new URLSearchParams(fragment.replace(/^#/, '')).get('lang');
  return asked === 'en' || asked === 'vi' ? asked : preferred;
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
  const isOpen = (layer: Theme | Overlay): boolean => isOpenTo(meta.role, layer);
  return {
    lang: languageOf(fragment),
    mode: oneOf(modesOf(meta.role), query.get('mode')) ?? firstMode(query, meta.role),
    edition: edition?.id ?? '',
    period: readPeriod(query, meta),
    against: readAgainst(query, meta),
    categories: free ? (query.get('categories') ?? '').split(',').filter((id) => known.has(id)) : [],
    minSeverity: free && Number.isInteger(severity) && severity >= 1 && severity <= 5 ? severity : null,
    scheme: meta.schemes?.find((scheme) => scheme.id === query.get('scheme') && scheme.id !== meta.default_scheme)?.id ?? null,
    group: meta.peer_groups?.find((group) => group.id === query.get('group'))?.id ?? null,
    level: oneOf(levels, query.get('level')) ?? levels[0] ?? 'commune',
    leveling: query.get('level') === 'auto' ? 'zoom' : 'fixed',
    theme: oneOf(THEMES.filter(isOpen), query.get('layer')) ?? 'grade',
    overlays: (query.get('show') ?? '').split(',').flatMap((item) => oneOf(OVERLAYS.filter(isOpen), item) ?? []),
    area: query.get('area'),
    compared: isPublished
      ? []
      : [...new Set((query.get('compare') ?? '').split(',').filter((code) => CODE.test(code)))].slice(0, MOST_COMPARED),
    camera: readCamera(query.get('at')),
    wall: readWall(query),
  };
}

/** The fragment that `readView` turns back into `view`. */
export function writeView(view: View): string {
  const level = view.leveling === 'zoom' ? 'auto' : view.level;
  const query = new URLSearchParams({ edition: view.edition, ...view.period, level, layer: view.theme });
  if (view.mode !== 'map') query.set('mode', view.mode);
  if (view.against) query.set('against', writtenAgainst(view.against));
  if (view.scheme !== null) query.set('scheme', view.scheme);
  if (view.group !== null) query.set('group', view.group);
  if (view.categories.length > 0) query.set('categories', view.categories.join(','));
  if (view.minSeverity !== null) query.set('min_severity', String(view.minSeverity));
  if (view.overlays.length > 0) query.set('show', view.overlays.join(','));
  if (view.area !== null) query.set('area', view.area);
  if (view.compared.length > 0) query.set('compare', view.compared.join(','));
  if (view.camera)
    query.set('at', [view.camera.lon.toFixed(4), view.camera.lat.toFixed(4), view.camera.zoom.toFixed(2)].join(','));
  if (view.wall) writeWall(query, view.wall);
  if (view.lang !== 'vi' || preferredLanguage() !== 'vi') query.set('lang', view.lang);
  return `#${query.toString().replaceAll('%2C', ',')}`;
}

/** The filter parameters of the server for this view, or for another period of it. */
export function filterOf(view: View, period: Period = view.period): URLSearchParams {
  const filter = new URLSearchParams({ edition: view.edition, ...period });
  if (view.categories.length > 0) filter.set('categories', [...view.categories].sort().join(','));
  if (view.minSeverity !== null) filter.set('min_severity', String(view.minSeverity));
  if (view.scheme !== null) filter.set('scheme', view.scheme);
  return filter;
}

/**
 * `view` with `change` applied, as far as the role may. Codes mean nothing outside their edition and level, so the selection
 * goes when those do.
 */
export function changedView(view: View, change: Partial<View>, meta: Meta): View {
  const next = { ...view, ...change };
  const levels = meta.editions.find((item) => item.id === next.edition)?.levels ?? [];
  if (!levels.includes(next.level)) next.level = levels[0] ?? 'commune';
  const moved = next.edition !== view.edition || next.level !== view.level;
  if (moved && change.area === undefined) next.area = null;
  if ((moved && change.compared === undefined) || isPublished) next.compared = [];
  if (!modesOf(meta.role).includes(next.mode)) next.mode = view.mode;
  return next;
}
