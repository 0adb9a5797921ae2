/** The types of the server's answers, by the names of its OpenAPI document. */

import type { components } from './generated/schema';

/** The members that can be null may also be missing: what a role may not see is null, and the page does not mind. */
type Optional<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: T[K] | undefined;
};

/** An answer as the page reads it. */
type Read<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Read<T[K]> }
  : T extends object
    ? { [K in keyof Optional<T>]: Read<Optional<T>[K]> }
    : T;

/** Every type of an answer. */
export type Schemas = { [Name in keyof components['schemas']]: Read<components['schemas'][Name]> };
