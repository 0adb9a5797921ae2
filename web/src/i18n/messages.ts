/** The page's words. Both message files hold the same keys (a test says so); a missing key is a compile error. */

import type { Language } from '../view/view';
import { type MessageKey, wordsOf } from './catalogue';

export type { MessageKey };
type Plural<K> = K extends `${infer Stem}.other` ? Stem : never;
/** Keys of messages that exist for one and for many. */
export type PluralKey = Plural<MessageKey>;
/** What is put into a message, by the names that stand in its braces. */
export type Values = Record<string, string | number>;

/** A text in both languages, of which one may be missing, or one that is already chosen. */
export type Text = string | { vi?: string; en?: string };

/** The messages of one language, and the choice between bilingual texts of the server. */
export interface Messages {
  lang: Language;
  /** The message under `key`, its `{names}` filled in. */
  say(key: MessageKey, values?: Values): string;
  /** The form of a message that fits `count`. */
  sayCount(key: PluralKey, count: number, values: Values): string;
  /** Whether `key` exists: for keys built from the server's identifiers. */
  has(key: string): key is MessageKey;
  /** The text of the server in this language, or in the other one. */
  pick(text: Text | null | undefined): string;
}

/** The messages of a language whose words were learned (`learnWords`). */
export function messagesIn(lang: Language): Messages {
  const words = wordsOf(lang);
  const plural = new Intl.PluralRules(lang);
  const say = (key: MessageKey, values: Values = {}): string =>
    words[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  return {
    lang,
    say,
    sayCount: (key, count, values) => say(`${key}.${plural.select(count) === 'one' ? 'one' : 'other'}`, values),
    has: (key): key is MessageKey => key in words,
    pick(text) {
      if (typeof text === 'string') return text;
      return text?.[lang] ?? text?.vi ?? text?.en ?? '';
    },
  };
}
