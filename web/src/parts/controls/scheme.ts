/** By which scheme areas are graded, and what it compares them with. */

import type { RatingScheme } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { select } from './choices';

/** What a scheme compares with, as the key of a sentence. */
export function comparedWith({ grade }: Pick<RatingScheme, 'grade'>): MessageKey {
  if (grade?.expectation === 'peers') return 'rating.expect.peers';
  return grade?.peers && grade.peers !== 'none' ? 'rating.peers' : 'rating.province';
}

/** Nothing where there is but one scheme to choose. */
export function schemeParts(scene: Scene): Drawn[] {
  const { messages, meta, asked } = scene;
  const schemes = (meta.schemes ?? []).filter((scheme) => meta.role !== 'public' || scheme.released !== false);
  const chosen = schemes.find((scheme) => scheme.id === (asked.scheme ?? meta.default_scheme));
  if (schemes.length < 2 || !chosen) return [];
  return [
    select({
      id: 'rating-scheme',
      label: messages.say('rating'),
      options: schemes.map((scheme) => element('option', { value: scheme.id }, messages.pick(scheme.name))),
      value: chosen.id,
      choose: (id) => scene.change({ scheme: id === meta.default_scheme ? null : id }),
    }),
    element('p', { class: 'quiet' }, messages.say(comparedWith(chosen))),
  ];
}
