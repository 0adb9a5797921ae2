/**
 * Finds areas and models by what a person types: with or without diacritics, with abbreviated kinds of unit ("tp hoi an"),
 * by code, by a former name. Pure: the gazetteer goes in, ranked hits come out.
 */

import type { Gazetteer, NamedArea } from '../../api/gazetteer';
import type { Level } from '../../api/types';
import { KINDS, marked, plain, type Words, wordsOf } from './names';

/** What can be found: an area of some edition, or a model. */
export interface Entry {
  area: NamedArea;
  /** The model's id and name where the entry is a model; `area` is then the commune it works in. */
  model: { id: string; name: string } | null;
  words: Words;
}

/** How well a text fits, best first. */
type Fit = 0 | 1 | 2 | 3;

const LEVEL_ORDER: Level[] = ['province', 'district', 'commune'];

/** The entry of an area: what is compared with the words that are typed. */
export function areaEntry(area: NamedArea): Entry {
  return { area, model: null, words: wordsOf(area.name) };
}

/** All that the gazetteer names. `kindName` says what a model of a kind is called. */
export function entriesOf(gazetteer: Gazetteer, kindName: (kind: string) => string): Entry[] {
  const today = new Map(
    gazetteer.areas
      .filter((area) => area.edition === gazetteer.default_edition && area.level === 'commune')
      .map((area) => [area.code, area]),
  );
  const models = new Map<string, Entry>();
  for (const model of gazetteer.models ?? []) {
    const area = today.get(model.code ?? '');
    const name = kindName(model.kind);
    // Models of one kind in one commune are one hit: they lead to the same area.
    if (area && name !== '')
      models.set(`${area.code} ${name}`, { area, model: { id: model.id, name }, words: wordsOf(`${name} ${area.name}`) });
  }
  return [...gazetteer.areas.map(areaEntry), ...models.values()];
}

/** What was typed, and what it means where its first word abbreviates a kind of unit. */
interface Wanted {
  text: string;
  squeezed: string;
  /** As typed, where that holds diacritics. */
  marked: string | null;
  kind: string;
  rest: string;
}

function wantedBy(text: string): Wanted | null {
  const typed = plain(text);
  if (typed === '') return null;
  const [first = '', ...others] = typed.split(' ');
  const kind = others.length > 0 ? (KINDS.find(([, short]) => short.includes(first))?.[0] ?? '') : '';
  const asTyped = marked(text);
  return {
    text: typed,
    squeezed: typed.replaceAll(' ', ''),
    marked: asTyped === typed ? null : asTyped,
    kind,
    rest: others.join(' '),
  };
}

/** Whether every word of `wanted` begins a word of `name`, in this order. */
function holdsWords(name: string, wanted: string): boolean {
  const names = name.split(' ');
  let from = 0;
  return wanted.split(' ').every((word) => {
    const at = names.findIndex((item, index) => index >= from && item.startsWith(word));
    from = at + 1;
    return at >= 0;
  });
}

function textFit(text: string, wanted: string): Fit | null {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (holdsWords(text, wanted)) return 2;
  return wanted.length > 1 && text.replaceAll(' ', '').includes(wanted.replaceAll(' ', '')) ? 3 : null;
}

function best(...fits: (Fit | null)[]): Fit | null {
  return fits.reduce((a, b) => (a === null ? b : b === null || a < b ? a : b));
}

/** How the entry fits; `kind` says whether the kind of unit that was asked for is another one. */
function fitOf(entry: Entry, wanted: Wanted): { fit: Fit; kind: 0 | 1 } | null {
  const { words, area, model } = entry;
  if (model === null && area.code.startsWith(wanted.squeezed) && /^\d{2,}$/.test(wanted.squeezed))
    return { fit: area.code === wanted.squeezed ? 0 : 1, kind: 0 };
  const whole = best(textFit(words.bare, wanted.text), textFit(words.full, wanted.text));
  const short = wanted.kind === '' ? null : textFit(words.bare, wanted.rest);
  if (short !== null && (whole === null || short <= whole)) return { fit: short, kind: words.kind === wanted.kind ? 0 : 1 };
  return whole === null ? null : { fit: whole, kind: 0 };
}

/** What decides between entries that fit equally well. */
export interface Order {
  /** The edition on show: its areas come before those of others. */
  edition: string;
  compareNames(a: string, b: string): number;
}

interface Ranked {
  entry: Entry;
  keys: number[];
}

function ranked(entry: Entry, wanted: Wanted, { edition }: Order): Ranked | null {
  const found = fitOf(entry, wanted);
  if (!found) return null;
  const { area, model, words } = entry;
  const mismarked = wanted.marked !== null && !words.marked.includes(wanted.marked) ? 1 : 0;
  const elsewhere = area.edition === edition ? 0 : 1;
  const level = model === null ? LEVEL_ORDER.indexOf(area.level) : LEVEL_ORDER.length;
  return { entry, keys: [found.fit, found.kind, mismarked, elsewhere, level] };
}

function compared(a: Ranked, b: Ranked, { compareNames }: Order): number {
  const at = a.keys.findIndex((key, index) => key !== b.keys[index]);
  if (at >= 0) return (a.keys[at] ?? 0) - (b.keys[at] ?? 0);
  const nameOf = ({ entry }: Ranked): string => entry.model?.name ?? entry.area.name;
  return compareNames(nameOf(a), nameOf(b)) || a.entry.area.code.localeCompare(b.entry.area.code);
}

/** The entries that fit `text`, best first: exact, beginning, words, part; the asked-for kind and diacritics break ties. */
export function found(entries: Entry[], text: string, order: Order): Entry[] {
  const wanted = wantedBy(text);
  if (!wanted) return [];
  return entries
    .flatMap((entry) => ranked(entry, wanted, order) ?? [])
    .sort((a, b) => compared(a, b, order))
    .map(({ entry }) => entry);
}
