/**
 * The words of both languages, each loaded when it is first spoken: a reader needs one of them. The words of parts that
 * come later than the first map come with these.
 */

import type { Language } from '../view/view';
import type { words as vi } from './vi';
import type { words as laterVi } from './vi_later';

/** The keys of the page's messages. */
export type MessageKey = keyof typeof vi | keyof typeof laterVi;
/** The messages of one language by key. */
export type Words = Record<MessageKey, string>;

const LOADERS: Record<Language, () => Promise<{ words: Partial<Words> }>> = {
  vi: () => import('./vi'),
  en: () => import('./en'),
};
const LATER: typeof LOADERS = { vi: () => import('./vi_later'), en: () => import('./en_later') };
const learned: Partial<Record<Language, Partial<Words>>> = {};
/** Whether a part that came later speaks. */
let isLaterWanted = false;

/** Adds to the words of a language, which messages that are spoken already read too. */
async function learn(lang: Language, more: () => Promise<{ words: Partial<Words> }>): Promise<void> {
  const { words } = await more();
  learned[lang] = Object.assign(learned[lang] ?? {}, words);
}

/** Loads the words of a language; at once when they are there. */
export async function learnWords(lang: Language): Promise<void> {
  if (learned[lang] !== undefined) return;
  await learn(lang, LOADERS[lang]);
  // A part may have come meanwhile.
  if (isLaterWanted) await learn(lang, LATER[lang]);
}

/** Loads the words of the parts that come later, in every language that was learned. */
export async function learnLaterWords(): Promise<void> {
  isLaterWanted = true;
  await Promise.all((Object.keys(learned) as Language[]).map((lang) => learn(lang, LATER[lang])));
}

/** A part that comes later, with its words. */
export async function withWords<T>(part: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([part, learnLaterWords()]);
  return loaded;
}

/** The words of a language that was learned. */
export function wordsOf(lang: Language): Words {
  const words = learned[lang];
  if (!words) throw new Error(`the words of “${lang}” are not loaded yet`);
  return words as Words;
}
