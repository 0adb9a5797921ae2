/** The kinds of incident as they are chosen: by the component of the rule file that they belong to. */

import type { Meta } from '../api/types';
import type { Text } from '../i18n/messages';

/** Kinds that are rated, or only counted, together. */
export interface Kinds {
  id: string;
  name: Text;
  categories: Meta['categories'];
}

/** The kinds by their component, in the order of the rule file; kinds without one come last. */
export function kindsOf(meta: Pick<Meta, 'components' | 'categories'>): Kinds[] {
  const known = meta.components.map(({ id, name }) => ({ id, name }));
  const all = [...known, { id: '', name: '' }].map((component) => ({
    ...component,
    categories: meta.categories.filter((category) => {
      const own = known.some(({ id }) => id === category.component) ? category.component : '';
      return own === component.id;
    }),
  }));
  return all.filter(({ categories }) => categories.length > 0);
}

/** The categories after all of a component are chosen, or dropped where all were. */
export function turnedKinds(chosen: readonly string[], kinds: Kinds): string[] {
  const ids = kinds.categories.map(({ id }) => id);
  const others = chosen.filter((id) => !ids.includes(id));
  return ids.every((id) => chosen.includes(id)) ? others : [...others, ...ids];
}
