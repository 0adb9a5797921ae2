/** What is known about the selected area, below its name: in sentences first. Comes with the first area that is chosen. */

import type { AreaAnswer, AreaRow } from '../../api/types';
import { labelOf, unitOf, written } from '../../view/text/attributes';
import { areaSentence, endsText, isLetter } from '../../view/text/sentence';
import { missingText } from '../../view/text/values';
import { type Drawn, element } from '../elements/element';
import { modelsPart } from './models';
import { actionsPart } from './actions';
import { certificationPart } from './certification';
import { areaChanges } from './changes';
import { coursePart } from './course';
import { linksPart } from './links';
import { periodText, scaleOf, type Scene } from '../scene';
import { fact, section } from '../elements/section';
import { shownValue } from './shown';
import { statutoryPart, statutoryVerdict } from './statutory';
import { swatch } from '../legend/swatch';
import { whyPart } from '../why/why_part';

function orMissing(area: AreaRow, name: 'incidents' | 'rate', scene: Scene): string {
  const value = area[name];
  return value == null ? missingText(area, name, scene) : written(value, name, scene);
}

function verdict(scene: Scene, area: AreaRow): Drawn {
  const ends = isLetter(area.grade) || area.grade === 'range' ? endsText(area) : '';
  const badge = swatch(scene, 'grade', area, { size: 'large' });
  return element(
    'div',
    { class: 'verdict' },
    element('div', { class: 'badge' }, badge, ends && element('small', {}, ends)),
    element('p', { class: 'sentence' }, areaSentence(area, scaleOf(scene), scene)),
  );
}

function figures(scene: Scene, area: AreaRow, detail: AreaAnswer | null): Drawn {
  const { messages, numbers } = scene;
  const limits =
    area.rate_low != null && area.rate_high != null
      ? messages.say('panel.interval', { low: numbers.rate(area.rate_low), high: numbers.rate(area.rate_high) })
      : '';
  const withoutPoint = detail?.area.without_point;
  return section(
    messages.say('panel.numbers'),
    element(
      'dl',
      {},
      fact(messages.say('panel.incidents'), orMissing(area, 'incidents', scene), periodText(scene).days),
      area.detected != null && fact(labelOf('detected', scene), numbers.count(area.detected), messages.say('panel.detected')),
      withoutPoint != null && withoutPoint > 0 && fact(messages.say('panel.without_point'), numbers.count(withoutPoint)),
      fact(labelOf('rate', scene), orMissing(area, 'rate', scene), [unitOf('rate', scene), limits].filter(Boolean).join('; ')),
      area.rate_smoothed != null &&
        fact(labelOf('rate_smoothed', scene), numbers.rate(area.rate_smoothed), unitOf('rate_smoothed', scene)),
    ),
  );
}

/** The parts of an area, in their order. */
export function areaParts(scene: Scene, area: AreaRow): (Drawn | null)[] {
  const detail = scene.detail?.area.code === area.code && scene.detail.edition === scene.view.edition ? scene.detail : null;
  const verdicts = [verdict(scene, area), statutoryVerdict(scene, area)];
  return [
    shownValue(scene, area),
    ...(scene.view.theme === 'statutory' ? verdicts.reverse() : verdicts),
    areaChanges(scene, area),
    actionsPart(scene, area),
    whyPart(scene, area),
    coursePart(scene, area),
    figures(scene, area, detail),
    statutoryPart(scene, area),
    modelsPart(scene, area, detail),
    certificationPart(scene, area, detail?.certification ?? null),
    linksPart(scene, area),
  ];
}
