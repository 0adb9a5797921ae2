/** The comparison as a whole: what is compared, and below it either areas beside each other or two periods. */

import type { StepName } from '../../api/comparison';
import { comparedAreas } from '../../view/compare/compared';
import { firstPair } from '../../view/time/periods';
import { type Child, element, refill } from '../elements/element';
import { printPage } from '../print/print';
import type { Scene } from '../scene';
import { areasParts } from './areas';
import { chipsPart } from './chips';
import type { Local } from './local';
import { periodsParts } from './periods/periods';
import { PeriodMaps } from './periods/period_maps';

const NARROWEST_PX = 280;
const WIDEST_PX = 1080;
/** The width of an A4 page between its margins, in CSS pixels. */
const PAPER_PX = 680;

export class ComparisonView {
  private scene: Scene | null = null;
  private step: StepName = 'year';
  private widthPx = 0;
  private readonly head = element('header', { class: 'compare-head' });
  private readonly body = element('div', { class: 'compare-body' });
  private readonly maps = new PeriodMaps();

  constructor(private readonly root: HTMLElement) {
    root.append(this.head, this.body);
    new ResizeObserver(() => this.measured(this.innerWidth())).observe(root);
    addEventListener('beforeprint', () => this.measured(PAPER_PX));
    addEventListener('afterprint', () => this.measured(this.innerWidth()));
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.widthPx ||= this.innerWidth();
    this.draw(scene);
  }

  /** Another mode is on show: the maps give their memory back. */
  leave(): void {
    this.scene = null;
    this.maps.leave();
  }

  private innerWidth(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.root);
    const width = this.root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return Math.min(Math.max(Math.floor(width), NARROWEST_PX), WIDEST_PX);
  }

  private measured(width: number): void {
    if (width === this.widthPx || this.scene === null) return;
    this.widthPx = width;
    this.draw(this.scene);
  }

  private draw(scene: Scene): void {
    const local: Local = {
      width: this.widthPx,
      step: this.step,
      chooseStep: (step) => {
        this.step = step;
        this.draw(scene);
      },
      maps: this.maps,
    };
    refill(this.head, ...headParts(scene));
    if (scene.view.against === null) {
      this.maps.leave();
      refill(this.body, ...areasParts(scene, local));
    } else refill(this.body, ...periodsParts(scene, local));
  }
}

function whatSwitch(scene: Scene): HTMLElement {
  const { messages, meta, view } = scene;
  const ofPeriods = (): void => {
    const pair = firstPair(view.period, meta);
    if (pair) scene.change({ period: pair.later, against: pair.earlier });
  };
  const button = (what: 'areas' | 'periods', isOn: boolean, click: () => void): HTMLElement =>
    element(
      'button',
      { id: `compare-what-${what}`, type: 'button', 'aria-pressed': String(isOn), click },
      messages.say(`comparison.what.${what}`),
    );
  return element(
    'div',
    { class: 'switch', role: 'group', 'aria-label': messages.say('comparison.what') },
    button('areas', view.against === null, () => scene.change({ against: null })),
    button('periods', view.against !== null, ofPeriods),
  );
}

function headParts(scene: Scene): Child[] {
  const { messages } = scene;
  return [
    element(
      'div',
      { class: 'compare-title' },
      element('h2', { id: 'compare-title', tabindex: -1 }, messages.say('compare')),
      whatSwitch(scene),
      element(
        'button',
        {
          id: 'compare-print',
          type: 'button',
          class: 'plain',
          click: printPage,
        },
        messages.say('comparison.print'),
      ),
    ),
    chipsPart(scene, comparedAreas(scene.view)),
  ];
}
