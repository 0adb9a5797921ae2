/** The words of the page for portal makers: a file of their own, as no other page needs them. */

import en from '../i18n/en/docs.json';
import vi from '../i18n/vi/docs.json';
import type { Language } from '../view/view';

/** The keys of the guide's own catalogue. */
export type DocsKey = keyof typeof vi;
const WORDS: Record<Language, Record<DocsKey, string>> = { vi, en };

/** The text of a key in the language of the guide. */
export type Say = (key: DocsKey) => string;

/** The texts of the guide in one language. */
export function docsWords(lang: Language): Say {
  return (key) => WORDS[lang][key];
}
