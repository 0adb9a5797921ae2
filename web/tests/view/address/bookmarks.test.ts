import { describe, expect, it } from 'vitest';
import { LONGEST_NAME, MOST_BOOKMARKS, readBookmarks, withBookmark, withoutBookmark } from '../../../src/view/bookmarks';

describe('bookmarks', () => {
  it('stand under their names, the newest first; a name stands once', () => {
    const two = withBookmark(withBookmark([], 'A', '#a=1'), ' B ', '#b=1');
    expect(two.map(({ name }) => name)).toEqual(['B', 'A']);
    expect(withBookmark(two, 'A', '#a=2')).toEqual([
      { name: 'A', fragment: '#a=2' },
      { name: 'B', fragment: '#b=1' },
    ]);
    expect(withoutBookmark(two, 'B')).toEqual([{ name: 'A', fragment: '#a=1' }]);
    expect(withBookmark(two, '  ', '#c')).toEqual(two);
  });

  it('are read as they were written, and nothing else is taken for one', () => {
    const list = withBookmark([], 'Giao ban', '#window=TK-2024');
    expect(readBookmarks(JSON.stringify(list))).toEqual(list);
    const others = [{ name: 1, fragment: '#a' }, { name: 'x', fragment: 'https://elsewhere' }, null, 'text'];
    expect(readBookmarks(JSON.stringify([...others, ...list]))).toEqual(list);
    expect([readBookmarks(null), readBookmarks('{'), readBookmarks('{"a":1}')]).toEqual([[], [], []]);
  });

  it('are not too many, and their names not too long', () => {
    const many = Array.from({ length: MOST_BOOKMARKS + 5 }, (_, n) => n).reduce<ReturnType<typeof readBookmarks>>(
      (list, n) => withBookmark(list, String(n), '#a'),
      [],
    );
    expect([many.length, many[0]?.name]).toEqual([MOST_BOOKMARKS, String(MOST_BOOKMARKS + 4)]);
    expect(withBookmark([], 'x'.repeat(200), '#a')[0]?.name).toHaveLength(LONGEST_NAME);
  });
});
