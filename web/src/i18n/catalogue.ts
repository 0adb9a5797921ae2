/** The words of both languages, each loaded when it is first spoken: a reader needs one of them. */

import type { Language } from '../view/view';
import type { words as vi } from './vi';

/** The keys of the page's messages. */
export type MessageKey = keyof typeof vi;
/** The messages of one language by key. */
export type Words = Record<MessageKey, string>;

const LOADERS: Record<Language, () => Promise<{ words: Words }>> = { vi: () => import('./vi'), en: () => import('./en') };
const learned: Partial<Record<Language, Words>> = {};

/** Loads the words of a language; at once when they are there. */
export async function learnWords(lang: Language): Promise<void> {
  learned[lang] ??= (await LOADERS[lang]()).words;
}

/** The words of a language that was learned. */
export function wordsOf(lang: Language): Words {
  const words = learned[lang];
  if (!words) throw new Error(`the words of “${lang}” are not loaded yet`);
  return words;
}
