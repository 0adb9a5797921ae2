/**
 * The page on paper: a head that says what is handed in, the maps drawn by the server, and a foot that says where the numbers
 * come from. What stands between is the panel or the comparison itself. While it is printed, every part wears the colours of
 * the maps on the paper, so that a badge and its area look alike.
 */

import '../../css/page/print.css';
import type { StyleSpecification } from 'maplibre-gl';
import { draw, type Drawn, element, heldElement } from '../elements/element';
import type { Scene } from '../scene';
import { drawingOf, mapFigure, paperKind, type WantedMap, wantedMaps } from './paper_maps';
import { footParts, headParts } from './paper_parts';

/** What printing needs of the page. */
export interface PaperSurroundings {
  /** The style for print. */
  style(): Promise<StyleSpecification>;
  /** Has the parts drawn in a style, or again in that of the screen. */
  wear(style: StyleSpecification | null): void;
  /** The map as it is on the screen. */
  snapshot(): HTMLCanvasElement | null;
}

/** What is folded away on the screen and belongs on the paper; criteria and years one by one would fill a second page. */
const UNFOLDED = '#panel > details:not(#links, [open])';

/** The maps of one view, ready for the paper. */
interface Ready {
  of: string;
  style: StyleSpecification | null;
  figures: Drawn[];
}

const keyOf = (wanted: readonly WantedMap[]): string => wanted.map(({ url, room }) => url(room.height)).join('\n');

/** Fills the head and the foot of the paper, and unfolds what belongs on it. */
export class Paper {
  private unfolded: HTMLDetailsElement[] = [];
  private ready: Ready | null = null;

  constructor(
    private readonly head: HTMLElement,
    private readonly foot: HTMLElement,
    private readonly scene: Scene,
    private readonly page: PaperSurroundings,
  ) {
    addEventListener('beforeprint', () => this.prepare());
    addEventListener('afterprint', () => this.restore());
  }

  /** Fetches the maps first, so that they are on the paper; without them it is printed all the same. */
  async print(): Promise<void> {
    const { scene } = this;
    scene.announce(scene.messages.say('print.preparing'));
    const wanted = wantedMaps(scene);
    const [style, ...drawings] = await Promise.all([this.page.style().catch(() => null), ...wanted.map(drawingOf)]);
    const lost = (): Drawn => element('figure', {}, element('p', { class: 'print-lost' }, scene.messages.say('print.map.lost')));
    const figures = wanted.map((map, index) => {
      const drawing = drawings[index];
      return drawing ? mapFigure(map, drawing) : lost();
    });
    this.ready = { of: keyOf(wanted), style, figures };
    print();
  }

  /** The maps that were fetched for the view on show; else what is on the screen, where the browser prints unasked. */
  private figures(): Drawn[] {
    if (this.ready) return this.ready.figures;
    const picture = paperKind(this.scene) === 'map' ? this.page.snapshot() : null;
    if (!picture) return [];
    return [
      element(
        'figure',
        {},
        heldElement('div', { class: 'print-drawing' }, (host) => host?.replaceChildren(picture)),
      ),
    ];
  }

  private prepare(): void {
    if (this.ready && this.ready.of !== keyOf(wantedMaps(this.scene))) this.ready = null;
    document.body.dataset['paper'] = paperKind(this.scene);
    if (this.ready?.style) this.page.wear(this.ready.style);
    const figures = this.figures();
    draw(this.head, ...headParts(this.scene, figures.length > 0 && element('div', { class: 'print-maps' }, ...figures)));
    draw(this.foot, ...footParts(this.scene));
    this.unfolded = [...document.querySelectorAll<HTMLDetailsElement>(UNFOLDED)];
    for (const node of this.unfolded) node.open = true;
  }

  private restore(): void {
    for (const node of this.unfolded) node.open = false;
    this.unfolded = [];
    this.page.wear(null);
    draw(this.head);
    draw(this.foot);
    delete document.body.dataset['paper'];
  }
}
