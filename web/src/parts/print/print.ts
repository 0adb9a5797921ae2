/**
 * The page on paper: a head that says what is handed in, the maps drawn by the server, and a foot that says where the numbers
 * come from. What stands between is the panel or the comparison itself. Filled when the reader prints.
 */

import { pictureAddress } from '../../api/comparison';
import { pictureAt } from '../../api/pictures';
import { comparedAreas } from '../../view/compare/compared';
import { inOrder, type PeriodPair } from '../../view/time/periods';
import { filterOf, type Period } from '../../view/view';
import { periodName, periodWords } from '../compare/texts';
import { type Child, draw, type Drawn, element } from '../elements/element';
import { captionText } from '../legend/legend';
import { areasOf, editionOf, sayToReader, type Scene, selectedArea } from '../scene';

/** A picture that belongs to the view, and what it shows. */
interface Wanted {
  url: string;
  caption: string;
}

/** Beside the title there is room for the map alone; the letters on it are explained below. */
const SMALL = { width: 560, height: 330, scale: 3, legend: 'none' as const };
const HALF = { width: 620, height: 500, scale: 3 };

function pairOf({ view, meta }: Scene): PeriodPair | null {
  return view.mode === 'compare' && view.against ? inOrder(view.period, view.against, meta) : null;
}

/** What the paper is about, as one would name it in a letter. */
export function paperTitle(scene: Scene): string {
  const { messages, view } = scene;
  const pair = pairOf(scene);
  if (pair)
    return messages.say('print.periods', { later: periodName(scene, pair.later), earlier: periodName(scene, pair.earlier) });
  if (view.mode === 'table') return messages.say('table');
  if (view.mode === 'map') return selectedArea(scene)?.name ?? messages.say('panel.province');
  const names = comparedAreas(view).flatMap((code) => areasOf(scene).find((area) => area.code === code)?.name ?? []);
  const list = new Intl.ListFormat(view.lang, { type: 'conjunction' }).format(names);
  return messages.say(names.length === 1 ? 'print.alone' : 'print.areas', { names: list });
}

function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function wantedPictures(scene: Scene): Wanted[] {
  const { view } = scene;
  if (view.mode === 'table') return [];
  const pair = pairOf(scene);
  const area = view.mode === 'compare' ? null : selectedArea(scene);
  const choice = { level: view.level, layer: view.theme, lang: view.lang, theme: 'print' };
  const of = (period: Period, size: typeof SMALL | typeof HALF): Wanted => ({
    url: pictureAddress('png', filterOf(view, period), {
      ...choice,
      ...size,
      ...(area && { area: area.code, fit: 'area' as const }),
    }),
    caption: [area?.name, periodName(scene, period)].filter(Boolean).join(', '),
  });
  if (pair) return [of(pair.earlier, HALF), of(pair.later, HALF)];
  return view.mode === 'compare' && comparedAreas(view).length > MAP_BESIDE ? [] : [of(view.period, SMALL)];
}

function headParts(scene: Scene): Child[] {
  const { messages, meta, numbers, view } = scene;
  const { name, days } = periodWords(scene, view.period);
  const period = pairOf(scene) ? '' : [name, days].filter(Boolean).join(': ');
  const role = messages.has(`role.${meta.role}`) ? messages.say(`role.${meta.role}`) : meta.role;
  return [
    element(
      'p',
      { class: 'print-site' },
      `Bình Yên · ${messages.say('title')}`,
      meta.sample && element('b', {}, messages.say('sample')),
    ),
    element('h1', {}, paperTitle(scene)),
    element(
      'p',
      {},
      [period, messages.say('print.edition', { name: messages.pick(editionOf(scene)?.name) })].filter(Boolean).join(' · '),
    ),
    element('p', {}, messages.say('print.date', { date: numbers.day(today()), role })),
  ];
}

function footParts(scene: Scene): Child[] {
  const { messages, meta, view } = scene;
  const method = [
    sayToReader(scene, 'legend.grade.what'),
    messages.say('print.rate'),
    messages.say('legend.statutory.what'),
    meta.role !== 'public' && messages.say('print.internal'),
  ];
  return [
    element('h2', {}, messages.say('print.method')),
    element('p', {}, method.filter(Boolean).join(' ')),
    element('p', {}, [meta.sample && messages.say('sample.hint'), captionText(scene)].filter(Boolean).join(' ')),
    element('p', { lang: view.lang }, messages.say('print.address', { address: location.href })),
  ];
}

/** What is folded away on the screen and belongs on the paper; criteria and years one by one would fill a second page. */
const UNFOLDED = '#panel > details:not(#links, [open])';
/** Beside more areas than these the map would push the charts to a third page. */
const MAP_BESIDE = 3;

/** Fills the head and the foot of the paper, and unfolds what belongs on it. */
export class Paper {
  private unfolded: HTMLDetailsElement[] = [];
  /** The maps that were fetched. */
  private maps: Drawn[] = [];
  /** The addresses of the maps that were fetched. */
  private drawnFor = '';

  constructor(
    private readonly head: HTMLElement,
    private readonly foot: HTMLElement,
    private readonly scene: Scene,
  ) {
    addEventListener('beforeprint', () => this.prepare());
    addEventListener('afterprint', () => this.restore());
  }

  /** Fetches the maps first, so that they are on the paper; without them it is printed all the same. */
  async print(): Promise<void> {
    await this.fetchPictures();
    print();
  }

  private async fetchPictures(): Promise<void> {
    const wanted = wantedPictures(this.scene);
    const found = await Promise.all(wanted.map(async ({ url, caption }) => ({ caption, source: await pictureAt(url) })));
    this.maps = found.flatMap(({ source, caption }) => {
      if (source === null) return [];
      return element('figure', {}, element('img', { src: source, alt: caption }), element('figcaption', {}, caption));
    });
    this.drawnFor = wanted.map(({ url }) => url).join(' ');
    this.drawHead();
    await Promise.all([...this.head.querySelectorAll('img')].map((picture) => picture.decode().catch(() => undefined)));
  }

  /** The head with the maps, where those are of the view on show. */
  private drawHead(): void {
    const wanted = wantedPictures(this.scene).map(({ url }) => url);
    const isCurrent = this.drawnFor === wanted.join(' ');
    draw(this.head, ...headParts(this.scene), isCurrent && element('div', { class: 'print-maps' }, ...this.maps));
  }

  private prepare(): void {
    this.drawHead();
    draw(this.foot, ...footParts(this.scene));
    this.unfolded = [...document.querySelectorAll<HTMLDetailsElement>(UNFOLDED)];
    for (const node of this.unfolded) node.open = true;
  }

  private restore(): void {
    for (const node of this.unfolded) node.open = false;
  }
}
