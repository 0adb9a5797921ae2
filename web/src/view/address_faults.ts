/**
 * What of an address was not understood, or is not for this role: each parameter with its value, so that nothing is replaced
 * in silence. Codes of areas are held against the areas that came, because only the server knows them.
 */

import type { Meta } from '../api/types';
import { EVERY_S, WALKS } from './wall/wall';
import { DESKS, isDate, isOpenTo, mayFilterFreely, MODES, OVERLAYS, readCamera, readView, THEMES, type View } from './view';

/** Why a parameter was not followed: there is no such thing, or there is but not for this role; or no address has the parameter. */
export type Reason = 'unknown' | 'role' | 'parameter';

/** A parameter of an address that was not followed. */
export interface Fault {
  parameter: string;
  value: string;
  reason: Reason;
  /** Of a parameter that no address has: the known one that was most likely meant. */
  nearest?: string;
}

/** Every parameter that an address of the page may have. */
export const PARAMETERS = [
  ...['lang', 'mode', 'edition', 'level', 'group', 'at', 'window', 'from', 'to', 'against', 'categories', 'min_severity'],
  ...['scheme', 'layer', 'show', 'area', 'compare', 'walk', 'every', 'token', 'report'],
];

type Query = URLSearchParams;
type Found = Fault | null;

function fault(query: Query, parameter: string, reason: Reason = 'unknown', value = query.get(parameter) ?? ''): Fault {
  return { parameter, value, reason };
}

/** A parameter that is one of a list. */
function oneOf(query: Query, parameter: string, allowed: readonly string[]): Found {
  const value = query.get(parameter);
  return value === null || allowed.includes(value) ? null : fault(query, parameter);
}

/** A parameter that lists members of a list: those that are none. */
function listed(query: Query, parameter: string, allowed: readonly string[]): Found {
  const wrong = (query.get(parameter) ?? '').split(',').filter((item) => item !== '' && !allowed.includes(item));
  return wrong.length === 0 ? null : fault(query, parameter, 'unknown', wrong.join(', '));
}

function windowFault(query: Query, parameter: string, meta: Meta, id = query.get(parameter)): Found {
  if (id === null) return null;
  const window = meta.windows.find((item) => item.id === id);
  if (!window) return fault(query, parameter, 'unknown', id);
  return mayFilterFreely(meta) || window.released !== false ? null : fault(query, parameter, 'role', id);
}

function rangeFault(meta: Meta, parameter: string, value: string, [from, to]: [string, string]): Found {
  if (!isDate(from) || !isDate(to) || from >= to) return { parameter, value, reason: 'unknown' };
  return mayFilterFreely(meta) ? null : { parameter, value, reason: 'role' };
}

function periodFaults(query: Query, meta: Meta): Found[] {
  const [from, to] = [query.get('from'), query.get('to')];
  const named = windowFault(query, 'window', meta);
  if (from === null && to === null) return [named];
  const value = [from ?? '', to ?? ''].join('–');
  return [named, rangeFault(meta, 'from, to', value, [from ?? '', to ?? ''])];
}

function againstFault(query: Query, meta: Meta): Found {
  const value = query.get('against');
  if (!value?.includes('..')) return windowFault(query, 'against', meta, value);
  const [from = '', to = ''] = value.split('..');
  return rangeFault(meta, 'against', value, [from, to]);
}

/** Filters that the public has none of; for others, kinds and severities that there are not. */
function filterFaults(query: Query, meta: Meta): Found[] {
  const categories = (meta.categories ?? []).map(({ id }) => id);
  const found = [listed(query, 'categories', categories), oneOf(query, 'min_severity', ['1', '2', '3', '4', '5'])];
  if (mayFilterFreely(meta)) return found;
  return ['categories', 'min_severity'].map((name) => (query.get(name) ? fault(query, name, 'role') : null));
}

function layerFaults(query: Query, meta: Meta): Found[] {
  const layer = THEMES.find((item) => item === query.get('layer'));
  const overlays = OVERLAYS.filter((item) => (query.get('show') ?? '').split(',').includes(item));
  const closed = overlays.filter((item) => !isOpenTo(meta.role, item));
  return [
    layer && !isOpenTo(meta.role, layer) ? fault(query, 'layer', 'role') : oneOf(query, 'layer', THEMES),
    listed(query, 'show', OVERLAYS),
    closed.length > 0 ? fault(query, 'show', 'role', closed.join(', ')) : null,
  ];
}

function modeFault(query: Query, meta: Meta): Found {
  const mode = query.get('mode');
  const isDesk = DESKS.some((desk) => desk === mode);
  const isClosed = (isDesk && meta.role !== 'operator') || (mode === 'situation' && meta.role === 'public');
  return isClosed ? fault(query, 'mode', 'role') : oneOf(query, 'mode', [...MODES, 'situation', ...DESKS, 'wall']);
}

function placeFaults(query: Query, meta: Meta, view: View): Found[] {
  const levels = meta.editions.find(({ id }) => id === view.edition)?.levels ?? [];
  const editions = meta.editions.map(({ id }) => id);
  const at = query.get('at');
  return [
    oneOf(query, 'edition', editions),
    oneOf(query, 'level', ['auto', ...levels]),
    oneOf(
      query,
      'group',
      (meta.peer_groups ?? []).map(({ id }) => id),
    ),
    at !== null && readCamera(at) === null ? fault(query, 'at') : null,
  ];
}

/** How many letters must be put in, left out or replaced to make one word of the other (Levenshtein 1966). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}

/** The known parameter that a name was most likely meant for; none where none is near. */
export function nearestParameter(name: string): string | undefined {
  const wanted = name.trim().toLowerCase().replaceAll('-', '_');
  const part = PARAMETERS.find((known) => known.split('_').includes(wanted) || (wanted.length > 3 && wanted.startsWith(known)));
  const ranked = PARAMETERS.map((known) => ({ known, away: edits(wanted, known) })).sort((a, b) => a.away - b.away);
  const [first] = ranked;
  const isNear = first !== undefined && first.away <= Math.min(2, Math.floor(first.known.length / 2));
  return isNear ? first.known : part;
}

/** The names that no address has, each once. */
function nameFaults(query: Query): Found[] {
  const names = [...new Set(query.keys())].filter((name) => !PARAMETERS.includes(name));
  return names.map((parameter) => {
    const nearest = nearestParameter(parameter);
    return { parameter, value: query.get(parameter) ?? '', reason: 'parameter', ...(nearest !== undefined && { nearest }) };
  });
}

/** How a wall walks, where the address asks for one. */
function wallFaults(query: Query): Found[] {
  if (query.get('mode') !== 'wall') return [];
  const every = Number(query.get('every') ?? EVERY_S.least);
  const isSane = Number.isInteger(every) && every >= EVERY_S.least && every <= EVERY_S.most;
  return [oneOf(query, 'walk', WALKS), isSane ? null : fault(query, 'every')];
}

/** What of the fragment was not followed. */
export function addressFaults(fragment: string, meta: Meta): Fault[] {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const found = [
    oneOf(query, 'lang', ['vi', 'en']),
    modeFault(query, meta),
    ...placeFaults(query, meta, readView(fragment, meta)),
    ...periodFaults(query, meta),
    againstFault(query, meta),
    ...filterFaults(query, meta),
    oneOf(
      query,
      'scheme',
      (meta.schemes ?? []).map(({ id }) => id),
    ),
    ...layerFaults(query, meta),
    ...wallFaults(query),
    ...nameFaults(query),
  ];
  return found.filter((item) => item !== null);
}

/** The areas that a fragment names and that are not among `codes`, those of its edition and level. */
export function areaFaults(fragment: string, codes: readonly string[]): Fault[] {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  return [oneOf(query, 'area', codes), listed(query, 'compare', codes)].filter((item) => item !== null);
}
