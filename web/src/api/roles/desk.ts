/** What the server tells operators: how it does, what was imported, which tokens are used. */

import { address } from '../client';
import type { Schemas } from '../schemas';

/** How the server does. */
export type Desk = Schemas['DeskAnswer'];
/** The last imports. */
export type Imports = Schemas['ImportsAnswer'];
/** One import and what became of it. */
export type Import = Schemas['ImportAnswer'];
/** The tokens that open roles, without the tokens. */
export type Tokens = Schemas['TokensAnswer'];

/** The address of how the server does. */
export const deskAddress = (): string => address('desk');
/** The address of the last imports. */
export const importsAddress = (): string => address('imports');
/** The address of the tokens. */
export const tokensAddress = (): string => address('tokens');
