/** The words of names: folded, apart from the kind of unit in front of them. */

import { folded } from '../../i18n/fold';

/** A name ready to be compared. */
export interface Words {
  /** As written, in small letters: for those who type diacritics. */
  marked: string;
  full: string;
  /** The kind of unit in front of the name, e.g. "phuong"; empty where there is none. */
  kind: string;
  bare: string;
}

/** Kinds of unit, as folded text, with what people write for them. */
export const KINDS: [kind: string, short: string[]][] = [
  ['thanh pho', ['tp']],
  ['thi xa', ['tx']],
  ['thi tran', ['tt']],
  ['dac khu', ['dk']],
  ['phuong', ['p', 'f']],
  ['huyen', ['h']],
  ['tinh', ['t']],
  ['quan', ['q']],
  ['xa', ['x']],
];
/** Folded, with one space for whatever is neither letter nor digit. */
export function plain(text: string): string {
  return folded(text)
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** A text in small letters, with its diacritics, with one space for whatever is neither letter nor digit. */
export function marked(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** The words of a name. */
export function wordsOf(name: string): Words {
  const full = plain(name);
  const kind = KINDS.find(([item]) => full.startsWith(`${item} `))?.[0] ?? '';
  return { marked: marked(name), full, kind, bare: kind === '' ? full : full.slice(kind.length + 1) };
}

/** A name without the kind of unit in front of it: "Phường Tam Kỳ" is "Tam Kỳ". */
export function bareName(name: string): string {
  const { kind } = wordsOf(name);
  return kind === '' ? name : name.split(/\s+/).slice(kind.split(' ').length).join(' ');
}

/** Whether a name is that of a township, as the seats of rural districts were. */
export function isTownship(name: string): boolean {
  return wordsOf(name).kind === 'thi tran';
}

/** Whether a name is that of a city, a town among the districts included. */
export function isCity(name: string): boolean {
  return ['thanh pho', 'thi xa'].includes(wordsOf(name).kind);
}
