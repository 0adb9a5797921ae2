/** The few words of the frame and of the web component: apart from the page's, so that a poster loads none of those. */

import en from '../i18n/en/embed.json';
import vi from '../i18n/vi/embed.json';
import type { Language } from '../view/view';

export type EmbedKey = keyof typeof vi;
const WORDS: Record<Language, Record<EmbedKey, string>> = { vi, en };

export type Say = (key: EmbedKey) => string;

export function embedWords(lang: Language): Say {
  return (key) => WORDS[lang][key];
}

/** What a picture of `layer` is, for those who do not see it. */
export function pictureAlt(say: Say, layer: string | null): string {
  const key = `layer.${layer ?? 'grade'}`;
  return say('alt').replace('{layer}', say(key in vi ? (key as EmbedKey) : 'layer.other'));
}
