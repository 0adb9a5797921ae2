/** The account of incidents: how many there are, by how much is known of where each of them happened. */

import type { Scene } from '../scene';

/** The terms that may be seen, in words; they add up to all incidents when none of them is hidden. */
export function accountTerms({ messages, numbers, ratings }: Scene): string[] {
  const totals = ratings?.totals;
  if (!totals) return [];
  const { with_point, by_commune, by_wider_area, outside, unplaced, district_only } = totals;
  const said = (n: number | null | undefined, text: (n: string) => string): string[] =>
    n == null ? [] : [text(numbers.count(n))];
  return [
    ...said(with_point, (n) => messages.say('legend.with_point', { n })),
    ...said(by_commune, (n) => messages.say('legend.by_commune', { n })),
    ...said(by_wider_area, (n) => messages.say('legend.by_wider_area', { n })),
    ...said(outside, (n) => messages.say('legend.outside', { n })),
    ...said(unplaced, (n) => messages.say('legend.unplaced', { n })),
    ...said(district_only || null, (n) => messages.say('legend.district_only', { n })),
  ];
}

/** The account of incidents: the terms add up to all of them, or say that they cannot. */
export function accountText(scene: Scene): string {
  const { messages, numbers } = scene;
  const terms = accountTerms(scene);
  const { incidents, with_point } = scene.ratings?.totals ?? {};
  if (incidents == null) return terms.length === 0 ? '' : messages.say('legend.account.part', { terms: terms.join('; ') });
  const total = messages.sayCount('legend.total', incidents, { n: numbers.count(incidents) });
  if (with_point == null) return messages.say('legend.account.of_which', { total, terms: terms.join('; ') });
  return `${total} = ${terms.join(' + ')}`;
}
