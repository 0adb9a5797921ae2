/** The few words of the frame and of the web component: apart from the page's, so that a poster loads none of those. */

import en from '../i18n/en/embed.json';
import vi from '../i18n/vi/embed.json';
import type { Language } from '../view/view';

/** The keys of the frame's own catalogue. */
export type EmbedKey = keyof typeof vi;
const WORDS: Record<Language, Record<EmbedKey, string>> = { vi, en };

/** The text of a key in the language of the frame. */
export type Say = (key: EmbedKey) => string;

/** The texts of frames in one language. */
export function embedWords(lang: Language): Say {
  return (key) => WORDS[lang][key];
}

/** What a picture of `layer` is, for those who do not see it. */
export function pictureAlt(say: Say, layer: string | null): string {
  const key = `layer.${layer ?? 'grade'}`;
  return say('alt').replace('{layer}', say(key in vi ? (key as EmbedKey) : 'layer.other'));
}
