/** Answers of the server as tests write them. */

import type { Schemas } from '../src/api/schemas';

/** As much of an answer as a test looks at; the members it names are those of the answer. */
export type Part<T> = T extends readonly unknown[]
  ? readonly Part<T[number]>[]
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> | undefined }
    : T;

/** An answer of which only some members are looked at. */
export function answer<T extends object>(members: Part<T>): T {
  return members as T;
}

/** A name that reads the same in both languages. */
export function named(text: string): Schemas['Names'] {
  return { vi: text, en: text };
}
