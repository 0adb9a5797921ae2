/**
 * Whether this page was published as files, with no server behind it. All else that such a page needs is loaded by it alone
 * (`answers.ts` beside this), so that the pages of a server do not carry it.
 */

/** A published document says so in its head (`src/export/site/document.rs`); the documents of tests have none. */
export const isPublished: boolean = document.querySelector?.('meta[name=binhyen-published]') != null;
