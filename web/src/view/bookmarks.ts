/** Views under names of the reader's own. They stay on the device: nothing of them is sent anywhere. */

/** A view under a name. */
export interface Bookmark {
  name: string;
  /** The fragment that reproduces the view. */
  fragment: string;
}

/** More are not kept; the oldest goes. */
export const MOST_BOOKMARKS = 50;
/** Longer names are cut. */
export const LONGEST_NAME = 80;

function isBookmark(item: unknown): item is Bookmark {
  const { name, fragment } = (item ?? {}) as Partial<Bookmark>;
  return typeof name === 'string' && typeof fragment === 'string' && fragment.startsWith('#');
}

/** The bookmarks that a text of the device's storage holds; what is none of them is left out. */
export function readBookmarks(text: string | null): Bookmark[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isBookmark).map(({ name, fragment }) => ({ name, fragment })) : [];
  } catch {
    return [];
  }
}

/** `list` with a view under a name, the newest first; a name stands once. */
export function withBookmark(list: readonly Bookmark[], name: string, fragment: string): Bookmark[] {
  const cut = name.trim().slice(0, LONGEST_NAME);
  if (cut === '') return [...list];
  return [{ name: cut, fragment }, ...withoutBookmark(list, cut)].slice(0, MOST_BOOKMARKS);
}

/** `list` without the view of a name. */
export function withoutBookmark(list: readonly Bookmark[], name: string): Bookmark[] {
  return list.filter((item) => item.name !== name);
}
