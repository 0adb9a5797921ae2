/** The words of the page for portal makers: a file of their own, as no other page needs them. */

import en from '../i18n/en/docs.json';
import vi from '../i18n/vi/docs.json';
import type { Language } from '../view/view';

export type DocsKey = keyof typeof vi;
const WORDS: Record<Language, Record<DocsKey, string>> = { vi, en };

export type Say = (key: DocsKey) => string;

export function docsWords(lang: Language): Say {
  return (key) => WORDS[lang][key];
}
