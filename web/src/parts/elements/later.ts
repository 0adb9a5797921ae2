/** What a fold holds when it is opened for the first time: loaded then, with its words. */

import { signal } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';

/** Something that is loaded when it is first asked for. */
export interface Later<T> {
  /** What was loaded; reading it inside an effect follows it. */
  readonly here: T | null;
  /** Asks for it; again after a failure. */
  ask(): void;
}

/** Loads with `load` when asked. */
export function later<T>(load: () => Promise<T>): Later<T> {
  const loaded = signal<T | null>(null);
  let asked: Promise<void> | null = null;
  const fetch = async (): Promise<void> => {
    loaded.value = await withWords(load());
  };
  return {
    get here() {
      return loaded.value;
    },
    ask: () => void (asked ??= fetch().catch(() => void (asked = null))),
  };
}
