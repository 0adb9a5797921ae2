/** Answers of the server as tests write them. */

import type { Schemas } from '../src/api/schemas';
import type { Meta } from '../src/api/types';

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

const FORMATS: [string, Schemas['ValueFormat']][] = [
  ['incidents', 'count'],
  ['rate', 'rate'],
  ['rate_smoothed', 'rate'],
  ['model_density', 'density'],
  ['model_density_km2', 'decimal'],
  ['certified_share', 'share'],
];

/** Attributes of areas, each with how its numbers are written. */
export const ATTRIBUTES = answer<Meta['attributes']>({
  area: FORMATS.map(([name, format]) => ({
    name,
    format,
    label: named(`label of ${name}`),
    short_label: named(`short ${name}`),
    unit: name === 'rate_smoothed' ? { vi: 'trên 100.000 người-năm', en: 'per 100,000 person-years' } : null,
  })),
});
