/** The types of the server's answers, by the names of its OpenAPI document. */

import type { components } from './generated/schema';

/** The members that can be null: what a role may not see is null, and the page does not mind where it is missing. */
type Hidden<T> = { [K in keyof T]: null extends T[K] ? K : never }[keyof T];

/** An answer as the page reads it. */
type Read<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Read<T[K]> }
  : T extends object
    ? { [K in Exclude<keyof T, Hidden<T>>]: Read<T[K]> } & { [K in Hidden<T>]?: Read<T[K]> | undefined }
    : T;

/** Every type of an answer. */
export type Schemas = { [Name in keyof components['schemas']]: Read<components['schemas'][Name]> };
