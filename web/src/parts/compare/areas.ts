/** Areas beside each other; one area alone stands beside the rest of its district, its peers and the province. */

import { type Against, againstAddress, type Beside, besideAddress, type Group, GROUPS } from '../../api/comparison';
import { ratingsAddress } from '../../api/client';
import type { AreaRow, Ratings } from '../../api/types';
import { comparedAreas } from '../../view/compare/compared';
import { missingText } from '../../view/text/values';
import { filterOf } from '../../view/view';
import { type Child, type Drawn, element } from '../elements/element';
import { areasOf, sayToReader, type Scene } from '../scene';
import { section } from '../elements/section';
import { figure } from './charts/chart';
import { comparisonTable } from './columns';
import { downloads } from './downloads';
import { funnelPlot, hasSpread } from './charts/funnel';
import { type Interval, ratePlot, ratioPlot } from './charts/intervals';
import { seriesPart } from './charts/series_part';
import { againstConclusions, pairConclusions } from './sentences';
import { insteadOf, limitsText } from './texts';
import type { Local } from './local';

/** Below this the two plots of intervals stand one below the other. */
const TWO_PLOTS_FROM_PX = 660;
const PLOT_GAP_PX = 28;

/** Whose interval it is, and what stands there where it is not known. */
interface Named {
  name: string;
  missing: string;
}

function rowNamed(scene: Scene, area: AreaRow): Named {
  return { name: area.name, missing: missingText(area, 'rate', scene) };
}

function intervalOf(
  { name, missing }: Named,
  values: [value: number | null | undefined, low: number | null | undefined, high: number | null | undefined],
  format: (value: number) => string,
): Interval {
  const [value, low, high] = values.map((item) => item ?? null) as [number | null, number | null, number | null];
  return { name, value, low, high, text: limitsText(value, low, high, format) || missing };
}

/** The rate of the whole province under the same filter. */
function commonRate(scene: Scene): number | null {
  const known = scene.answers.of<Ratings>(ratingsAddress('province', filterOf(scene.view)));
  return known.state === 'here' ? (known.value.areas[0]?.rate ?? null) : null;
}

function intervalParts(scene: Scene, rows: AreaRow[], { width }: Local): Drawn {
  const { messages, numbers } = scene;
  const isWide = width >= TWO_PLOTS_FROM_PX;
  const each = isWide ? Math.floor((width - PLOT_GAP_PX) / 2) : width;
  const rates = rows.map((area) => intervalOf(rowNamed(scene, area), [area.rate, area.rate_low, area.rate_high], numbers.rate));
  const ratios = rows.map((area) =>
    intervalOf(rowNamed(scene, area), [area.ratio, area.ratio_low, area.ratio_high], numbers.ratio),
  );
  const [rateTitle, ratioTitle] = [messages.say('comparison.rates'), messages.say('comparison.ratios')];
  return element(
    'div',
    { class: isWide ? 'plots two' : 'plots' },
    figure(scene, {
      id: 'compare-rates',
      title: rateTitle,
      note: messages.say('comparison.rates.note'),
      drawing: ratePlot(scene, rateTitle, rates, commonRate(scene), each),
    }),
    figure(scene, {
      id: 'compare-ratios',
      title: ratioTitle,
      note: sayToReader(scene, 'comparison.ratios.note', { level: numbers.wholePercent(scene.meta.grade?.interval ?? 0.8) }),
      drawing: ratioPlot(scene, ratioTitle, ratios, each),
    }),
  );
}

function funnelPart(scene: Scene, codes: string[], { width }: Local): Drawn | null {
  const { messages } = scene;
  const drawn = funnelPlot(scene, codes, width);
  if (!drawn) return null;
  const note = [
    messages.say('comparison.funnel.note'),
    hasSpread(scene) ? messages.say('comparison.funnel.spread') : messages.say('comparison.funnel.chance'),
  ];
  return figure(scene, {
    id: 'compare-funnel',
    title: messages.say(`comparison.funnel.${scene.view.level === 'district' ? 'district' : 'commune'}`),
    note: note.join(' '),
    drawing: drawn,
  });
}

function besideParts(scene: Scene, codes: string[], rows: AreaRow[], local: Local): Child[] {
  const filter = filterOf(scene.view);
  const known = scene.answers.of<Beside>(besideAddress(codes, filter));
  return [
    section(
      scene.messages.say('comparison.conclusions'),
      insteadOf(known, scene),
      ...(known.state === 'here' ? pairConclusions(scene, known.value.pairs, rows) : []),
    ),
    section(scene.messages.say('comparison.table'), comparisonTable(scene, rows)),
    seriesPart(scene, codes, local),
    intervalParts(scene, rows, local),
    funnelPart(scene, codes, local),
    downloads(scene, [
      ['csv', besideAddress(codes, filter, 'csv')],
      ['xlsx', besideAddress(codes, filter, 'xlsx')],
    ]),
  ];
}

/** The groups that an area of this level and edition has; the server knows which are empty. */
function groupsOf(scene: Scene, area: AreaRow): Group[] {
  const hasDistrict =
    area.level === 'commune' &&
    area.parent != null &&
    areasOf(scene).some((other) => other.code !== area.code && other.parent === area.parent);
  const districts = scene.meta.editions.find(({ id }) => id === scene.view.edition)?.levels.includes('district') ?? false;
  const applies: Record<Group, boolean> = {
    district: hasDistrict && districts,
    peers: area.peer_group != null && areasOf(scene).some((other) => other !== area && other.peer_group === area.peer_group),
    province: areasOf(scene).length > 1,
  };
  return GROUPS.filter((group) => applies[group]);
}

function aloneParts(scene: Scene, area: AreaRow, local: Local): Child[] {
  const { messages, numbers, view } = scene;
  const filter = filterOf(view);
  const known = groupsOf(scene, area).map((group) => scene.answers.of<Against>(againstAddress(area.code, group, filter)));
  const here = known.flatMap((item) => (item.state === 'here' ? [item.value] : []));
  const missing = known.find((item) => item.state !== 'here');
  const title = messages.say('comparison.rates');
  const rates = [
    intervalOf(rowNamed(scene, area), [area.rate, area.rate_low, area.rate_high], numbers.rate),
    ...here.map(({ others }) =>
      intervalOf(
        { name: othersName(scene, others), missing: messages.say('value.hidden') },
        [others.rate, others.rate_low, others.rate_high],
        numbers.rate,
      ),
    ),
  ];
  return [
    element('p', { class: 'quiet' }, messages.say('comparison.alone')),
    section(
      messages.say('comparison.conclusions'),
      missing ? insteadOf(missing, scene) : null,
      ...againstConclusions(scene, here),
    ),
    figure(scene, {
      id: 'compare-rates',
      title,
      note: messages.say('comparison.rates.note'),
      drawing: ratePlot(scene, title, rates, null, local.width),
    }),
    section(messages.say('comparison.table'), comparisonTable(scene, [area])),
    seriesPart(scene, [area.code], local),
    funnelPart(scene, [area.code], local),
    downloads(
      scene,
      here.flatMap(({ others }) => [
        ['xlsx', againstAddress(area.code, others.group, filter, 'xlsx'), othersName(scene, others)],
      ]),
    ),
  ];
}

function othersName(scene: Scene, others: Against['others']): string {
  return scene.messages.say('comparison.others', {
    n: scene.numbers.count(others.areas),
    name: scene.messages.pick(others.name),
  });
}

function invitation(scene: Scene): Child[] {
  return [
    element('p', { class: 'invitation' }, scene.messages.say('comparison.none')),
    element('p', { class: 'quiet' }, scene.messages.say('comparison.none.how')),
  ];
}

/** The comparison of areas: an invitation, one area beside its groups, or several beside each other. */
export function areasParts(scene: Scene, local: Local): Child[] {
  const codes = comparedAreas(scene.view);
  const rows = codes.flatMap((code) => areasOf(scene).find((area) => area.code === code) ?? []);
  if (codes.length === 0) return invitation(scene);
  if (!scene.ratings) return [element('p', { class: 'quiet', role: 'status' }, scene.messages.say('state.loading'))];
  const [first] = rows;
  if (!first) return [element('p', { class: 'invitation' }, scene.messages.say('comparison.gone'))];
  if (rows.length === 1) return aloneParts(scene, first, local);
  return besideParts(
    scene,
    rows.map(({ code }) => code),
    rows,
    local,
  );
}
