/** The community models of the area: how many, how dense by each measure that the server gives, of which kinds. */

import type { KindEffect } from '../../api/effects';
import type { AreaAnswer, AreaRow, ModelDensities, ModelKindCount } from '../../api/types';
import { type AttributeName, shortLabelOf, written } from '../../view/text/attributes';
import { type Drawn, element } from '../elements/element';
import { effectText, kindEffects, modelsOneByOne } from './effects';
import type { Scene } from '../scene';
import { fact, section } from '../elements/section';

/** The densities by the attributes that they are, in the order of the panel. */
const DENSITIES = [
  ['model_density', 'per_10k_residents'],
  ['model_density_km2', 'per_km2'],
  ['model_density_residential', 'per_residential_area'],
  ['residential_served', 'residential_areas_served'],
] as const satisfies [AttributeName, keyof ModelDensities][];

/** The area's own answer knows more measures than its row. */
function densitiesOf(area: AreaRow, detail: AreaAnswer | null): ModelDensities {
  const { model_density: per_10k_residents, model_density_km2: per_km2 } = area;
  return { per_10k_residents, per_km2, ...detail?.models };
}

function densityFacts(scene: Scene, densities: ModelDensities): Drawn | null {
  const facts = DENSITIES.flatMap(([attribute, measure]) => {
    const value = densities[measure];
    return value == null ? [] : [fact(shortLabelOf(attribute, scene), written(value, attribute, scene))];
  });
  return facts.length === 0 ? null : element('dl', {}, ...facts);
}

function kindItem(scene: Scene, kind: ModelKindCount, effect: KindEffect | undefined): Drawn {
  const { messages, numbers } = scene;
  const { coverage } = kind;
  const reached = coverage == null ? '' : messages.say('models.kind.coverage', { share: numbers.percent(coverage) });
  return element(
    'li',
    {},
    element(
      'span',
      {},
      messages.pick(kind.name) || kind.kind,
      reached && element('small', {}, reached),
      effect && element('small', { class: 'effect' }, effectText(scene, effect)),
    ),
    element('b', {}, numbers.count(kind.count ?? 0)),
  );
}

function kindList(scene: Scene, kinds: ModelKindCount[]): Drawn | null {
  const present = kinds.filter((kind) => (kind.count ?? 0) > 0).sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  if (present.length === 0) return null;
  const effects = kindEffects(scene);
  const list = present.map((kind) => kindItem(scene, kind, effects.get(kind.kind)));
  return element('div', {}, element('h4', {}, scene.messages.say('models.kinds')), element('ul', { class: 'tally' }, ...list));
}

/** The section of the models; nothing where the role is not given their number. */
export function modelsPart(scene: Scene, area: AreaRow, detail: AreaAnswer | null): Drawn | null {
  const { messages, numbers } = scene;
  const total = detail?.models?.total ?? area.models;
  if (total == null) return null;
  const sentence =
    total === 0 ? messages.say('panel.models.none') : messages.sayCount('panel.models.count', total, { n: numbers.count(total) });
  return section(
    messages.say('panel.models'),
    element('p', {}, sentence),
    total === 0 ? null : densityFacts(scene, densitiesOf(area, detail)),
    kindList(scene, detail?.models?.by_kind ?? []),
    total === 0 ? null : modelsOneByOne(scene, area),
  );
}
