/** What is known about the selected area, in sentences first; without a selection, the province. */

import type { AreaAnswer, AreaRow, CertificationRow, GradeCode } from '../api/types';
import { areaSentence, isLetter } from '../view/sentence';
import { coloured, element, icon } from './element';
import { yearBars } from './figures';
import { modelsPart } from './models';
import { areasOf, editionOf, GRADES, gradeColour, periodText, scaleOf, type Scene, selectedArea } from './scene';
import { fact, section } from './section';
import { statutoryPart } from './statutory';
import { swatch } from './swatch';
import { whyPart } from './why';

function orHidden(value: number | null | undefined, format: (value: number) => string, area: AreaRow, scene: Scene): string {
  if (value != null) return format(value);
  return scene.messages.say(area.grade === 'suppressed' || area.incidents == null ? 'value.hidden' : 'value.none');
}

function headline(scene: Scene, area: AreaRow): HTMLElement {
  const { messages, numbers } = scene;
  const facts = [
    area.population != null && messages.say('panel.people', { n: numbers.count(area.population) }),
    area.area_km2 != null && numbers.area(area.area_km2),
    messages.say('panel.code', { code: area.code }),
  ];
  return element(
    'header',
    {},
    element(
      'div',
      {},
      element('h2', { id: 'panel-title', tabindex: -1 }, area.name),
      element('p', { class: 'quiet' }, facts.filter(Boolean).join(' · ')),
    ),
    element(
      'button',
      {
        id: 'panel-close',
        type: 'button',
        class: 'icon',
        title: messages.say('panel.close'),
        'aria-label': messages.say('panel.close'),
        click: () => scene.change({ area: null }),
      },
      icon('M6 6l12 12M18 6 6 18'),
    ),
  );
}

function verdict(scene: Scene, area: AreaRow): HTMLElement {
  const ranged = isLetter(area.grade) && area.grade_best && area.grade_worst && area.grade_best !== area.grade_worst;
  const badge = swatch(scene, 'grade', area);
  badge.classList.add('large');
  return element(
    'div',
    { class: 'verdict' },
    element('div', { class: 'badge' }, badge, ranged && element('small', {}, `${area.grade_best}–${area.grade_worst}`)),
    element('p', { class: 'sentence' }, areaSentence(area, scaleOf(scene), scene)),
  );
}

function figures(scene: Scene, area: AreaRow, detail: AreaAnswer | null): HTMLElement {
  const { messages, numbers } = scene;
  const limits =
    area.rate_low != null && area.rate_high != null
      ? messages.say('panel.interval', { low: numbers.rate(area.rate_low), high: numbers.rate(area.rate_high) })
      : '';
  const unlocated = detail?.area.unlocated;
  return section(
    messages.say('panel.numbers'),
    element(
      'dl',
      {},
      fact(messages.say('panel.incidents'), orHidden(area.incidents, numbers.count, area, scene), periodText(scene).days),
      unlocated != null && unlocated > 0 && fact(messages.say('panel.unlocated'), numbers.count(unlocated)),
      fact(
        messages.say('panel.rate'),
        orHidden(area.rate, numbers.rate, area, scene),
        [messages.say('panel.rate.unit'), limits].filter(Boolean).join('; '),
      ),
      area.rate_smoothed != null &&
        fact(messages.say('panel.rate.smoothed'), numbers.rate(area.rate_smoothed), messages.say('panel.rate.unit')),
    ),
  );
}

/** The years as bars. A year that is hidden has none; where all are, a sentence takes their place. */
function series(scene: Scene, detail: AreaAnswer | null): HTMLElement | null {
  const { messages } = scene;
  const years = detail?.series ?? [];
  if (years.length === 0) return null;
  const shown = years.filter((year) => year.incidents != null).length;
  return section(
    messages.say('panel.series'),
    shown > 0 && yearBars(scene, years),
    shown < years.length && element('p', { class: 'quiet' }, messages.say(shown > 0 ? 'hidden.years' : 'hidden.series')),
  );
}

function certificationRow(scene: Scene, row: CertificationRow): HTMLElement {
  const { messages, numbers } = scene;
  const key = `unit.${row.kind}`;
  const share = row.share ?? (row.units && row.recognised != null ? row.recognised / row.units : null);
  const bar = element('span', { class: 'bar share' });
  if (share != null) bar.style.inlineSize = `${100 * share}%`;
  const counts =
    row.units != null && row.recognised != null
      ? messages.say('panel.recognised', { recognised: numbers.count(row.recognised), units: numbers.count(row.units) })
      : '';
  return element(
    'li',
    {},
    element(
      'span',
      { class: 'label' },
      messages.has(key) ? messages.say(key) : row.kind,
      element('b', {}, share == null ? messages.say('value.none') : numbers.percent(share)),
    ),
    share != null && element('span', { class: 'bars track', 'aria-hidden': 'true' }, bar),
    counts && element('small', {}, counts),
  );
}

function certification(scene: Scene, area: AreaRow, detail: AreaAnswer | null): HTMLElement | null {
  const rows = (detail?.certification ?? area.certification ?? []).filter((row) => row.units == null || row.units > 0);
  if (rows.length === 0)
    return detail
      ? section(
          scene.messages.say('panel.certification'),
          element('p', { class: 'quiet' }, scene.messages.say('panel.certification.none')),
        )
      : null;
  return section(
    scene.messages.say('panel.certification'),
    element('ul', { class: 'components' }, ...rows.map((row) => certificationRow(scene, row))),
  );
}

/** How many areas have each grade: the province at a glance. */
function spread(scene: Scene): HTMLElement | null {
  const areas = areasOf(scene);
  const codes: GradeCode[] = [...GRADES, 'insufficient', 'suppressed', 'none'];
  const tally = codes
    .map((grade) => ({ grade, count: areas.filter((area) => (area.grade ?? 'none') === grade).length }))
    .filter(({ grade, count }) => count > 0 || isLetter(grade));
  if (areas.length < 2) return null;
  const most = Math.max(...tally.map(({ count }) => count));
  const rows = tally.map(({ grade, count }) => {
    const bar = coloured(element('span', { class: 'bar' }), gradeColour(scene, grade));
    bar.style.inlineSize = `${(100 * count) / most}%`;
    const name = isLetter(grade) ? null : element('small', {}, scene.messages.say(`legend.${grade}`));
    return element(
      'li',
      {},
      swatch(scene, 'grade', { grade, reliability: 1 }),
      element('span', { class: 'bars' }, bar),
      element('b', {}, scene.numbers.count(count)),
      name,
    );
  });
  return section(scene.messages.say('panel.spread'), element('ul', { class: 'spread' }, ...rows));
}

function provinceParts(scene: Scene): (HTMLElement | null)[] {
  const { messages, numbers } = scene;
  const { totals } = scene.ratings ?? {};
  const { name, days } = periodText(scene);
  const facts = [
    totals?.incidents != null &&
      fact(
        messages.say('panel.incidents'),
        numbers.count(totals.incidents),
        [
          totals.outside != null && messages.say('legend.outside', { n: numbers.count(totals.outside) }),
          totals.unlocated != null && messages.say('legend.unlocated', { n: numbers.count(totals.unlocated) }),
        ]
          .filter(Boolean)
          .join('; '),
      ),
    totals?.models != null && fact(messages.say('panel.models'), numbers.count(totals.models)),
  ];
  return [
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h2', { id: 'panel-title', tabindex: -1 }, messages.say('panel.province')),
        element('p', { class: 'quiet' }, [name, days, messages.pick(editionOf(scene)?.name)].filter(Boolean).join(' · ')),
      ),
    ),
    facts.some(Boolean) ? element('dl', { class: 'totals' }, ...facts) : null,
    spread(scene),
    element('p', { class: 'quiet invitation' }, messages.say('panel.choose')),
  ];
}

export function panelParts(scene: Scene): (HTMLElement | null)[] {
  const area = selectedArea(scene);
  if (!area)
    return scene.ratings ? provinceParts(scene) : [element('p', { class: 'quiet' }, scene.messages.say('state.loading'))];
  const detail = scene.detail?.area.code === area.code && scene.detail.edition === scene.view.edition ? scene.detail : null;
  return [
    headline(scene, area),
    verdict(scene, area),
    whyPart(scene, area),
    statutoryPart(scene, area),
    figures(scene, area, detail),
    series(scene, detail),
    modelsPart(scene, area, detail),
    certification(scene, area, detail),
  ];
}
