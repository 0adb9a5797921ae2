/** Vietnamese text without its marks, so that "tam ky" finds "Tam Kỳ". */

/** `text` in lower case without diacritics, as it is typed in a hurry. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim();
}
