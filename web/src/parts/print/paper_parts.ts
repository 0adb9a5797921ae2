/** What is written on a paper around its maps: what is handed in, the map in five sentences, its legend, and where the numbers come from. */

import { comparedAreas } from '../../view/compare/compared';
import { areaSentence } from '../../view/text/sentence';
import { overviewSentences } from '../../view/text/overview';
import { periodName, periodWords } from '../compare/texts';
import { type Child, type Drawn, element } from '../elements/element';
import { captionText } from '../legend/legend';
import { keyOf } from '../legend/legend_keys';
import { provinceFigures } from '../panel/province';
import { areasOf, editionOf, sayToReader, scaleOf, type Scene, selectedArea } from '../scene';
import { paperKind, pairOf } from './paper_maps';

/** What the paper is about, as one would name it in a letter. */
export function paperTitle(scene: Scene): string {
  const { messages, view } = scene;
  const pair = pairOf(scene);
  if (pair)
    return messages.say('print.periods', { later: periodName(scene, pair.later), earlier: periodName(scene, pair.earlier) });
  if (view.mode === 'table') return messages.say('table');
  if (view.mode === 'map')
    return selectedArea(scene)?.name ?? `${messages.say('panel.province')}: ${messages.say(`layer.${view.theme}`)}`;
  const names = comparedAreas(view).flatMap((code) => areasOf(scene).find((area) => area.code === code)?.name ?? []);
  const list = new Intl.ListFormat(view.lang, { type: 'conjunction' }).format(names);
  return messages.say(names.length === 1 ? 'print.alone' : 'print.areas', { names: list });
}

function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function siteLine({ messages, meta }: Scene): Drawn {
  return element(
    'p',
    { class: 'print-site' },
    `Bình Yên · ${messages.say('title')}`,
    meta.sample && element('b', {}, messages.say('sample')),
  );
}

/** Title, period, boundaries, and for whose eyes it was printed when. */
function titleParts(scene: Scene): Drawn[] {
  const { messages, meta, numbers, view } = scene;
  const { name, days } = periodWords(scene, view.period);
  const period = pairOf(scene) ? '' : [name, days].filter(Boolean).join(': ');
  const role = messages.has(`role.${meta.role}`) ? messages.say(`role.${meta.role}`) : meta.role;
  return [
    element('h1', {}, paperTitle(scene)),
    element(
      'p',
      {},
      [period, messages.say('print.edition', { name: messages.pick(editionOf(scene)?.name) })].filter(Boolean).join(' · '),
    ),
    element('p', {}, messages.say('print.date', { date: numbers.day(today()), role })),
  ];
}

/** The sentences of the whole map, as a list. */
function overviewPart(scene: Scene): Drawn | null {
  const sentences = overviewSentences({ areas: areasOf(scene), incidents: scene.ratings?.totals?.incidents ?? null }, scene);
  return sentences.length === 0
    ? null
    : element('ul', { class: 'print-overview' }, ...sentences.map((sentence) => element('li', {}, sentence)));
}

/** What lies over the colours on the screen and is not on the paper. */
function unprintedPart({ messages, view }: Scene): Drawn | null {
  if (view.overlays.length === 0) return null;
  const layers = view.overlays.map((overlay) => messages.say(`overlay.${overlay}`).toLowerCase()).join(', ');
  return element('p', { class: 'quiet' }, messages.say('print.overlays', { layers }));
}

/** The column beside the map of the whole province. */
function sideParts(scene: Scene): Child[] {
  const { messages, view } = scene;
  return [
    siteLine(scene),
    ...titleParts(scene),
    overviewPart(scene),
    ...provinceFigures(scene),
    element('h2', {}, `${messages.say('legend')}: ${messages.say(`layer.${view.theme}`)}`),
    ...keyOf(scene),
    unprintedPart(scene),
  ];
}

/** The sentence of the area that the paper is about, and what the colours beside it mean. */
function readPart(scene: Scene): Drawn | null {
  const area = selectedArea(scene);
  if (paperKind(scene) !== 'area' || !area) return null;
  return element(
    'div',
    { class: 'print-legend' },
    element('p', { class: 'print-read' }, areaSentence(area, scaleOf(scene), scene)),
    ...keyOf(scene),
  );
}

/** The head of the paper with its maps: beside the map of the whole province stands all that there is to say. */
export function headParts(scene: Scene, maps: Child): Child[] {
  if (paperKind(scene) === 'map') return [maps, element('div', { class: 'print-side' }, ...sideParts(scene))];
  return [siteLine(scene), ...titleParts(scene), readPart(scene), maps];
}

/** How the numbers are made, where they come from, and where this can be seen again. */
export function footParts(scene: Scene): Child[] {
  const { messages, meta, view } = scene;
  const isMap = paperKind(scene) === 'map';
  const method = [
    sayToReader(scene, 'legend.grade.what'),
    !isMap && messages.say('print.rate'),
    (!isMap || view.theme === 'statutory') && messages.say('legend.statutory.what'),
    meta.role !== 'public' && messages.say('print.internal'),
  ];
  return [
    !isMap && element('h2', {}, messages.say('print.method')),
    element('p', {}, method.filter(Boolean).join(' ')),
    element('p', {}, [meta.sample && messages.say('sample.hint'), captionText(scene)].filter(Boolean).join(' ')),
    element('p', { lang: view.lang }, messages.say('print.address', { address: location.href })),
  ];
}
