/** The comparison as a whole: what is compared, and below it either areas beside each other or two periods. */

import '../../css/compare/compare.css';
import '../../css/compare/compare_maps.css';
import type { StepName } from '../../api/comparison';
import { comparedAreas } from '../../view/compare/compared';
import { firstPair } from '../../view/time/periods';
import { effect, type Signal, signal } from '@preact/signals-core';
import { node } from '../elements/dom';
import { type Child, draw, type Drawn, element } from '../elements/element';
import { printPage } from '../print/printing';
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

/** The comparison in its region, drawn to the width that it has on the screen or on paper. */
export class ComparisonView {
  private readonly step = signal<StepName>('year');
  private readonly widthPx: Signal<number>;
  private readonly head = node('header', { class: 'compare-head' });
  private readonly body = node('div', { class: 'compare-body' });
  private readonly maps = new PeriodMaps();

  constructor(
    private readonly scene: Scene,
    private readonly root: HTMLElement,
  ) {
    root.append(this.head, this.body);
    this.widthPx = signal(this.innerWidth());
    new ResizeObserver(() => this.measured(this.innerWidth())).observe(root);
    addEventListener('beforeprint', () => this.measured(PAPER_PX));
    addEventListener('afterprint', () => this.measured(this.innerWidth()));
    effect(() => {
      if (this.isShown) draw(this.head, ...headParts(scene));
    });
    effect(() => this.drawBody());
  }

  private get isShown(): boolean {
    return this.scene.view.mode === 'compare';
  }

  private innerWidth(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.root);
    const width = this.root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return Math.min(Math.max(Math.floor(width), NARROWEST_PX), WIDEST_PX);
  }

  private measured(width: number): void {
    // A hidden comparison has no width.
    if (this.isShown) this.widthPx.value = width;
  }

  /** Where no maps of periods are on show they give their memory back. */
  private drawBody(): void {
    const { scene } = this;
    const local: Local = {
      width: this.widthPx.value,
      step: this.step.value,
      chooseStep: (step) => (this.step.value = step),
      maps: this.maps,
    };
    if (!this.isShown || scene.view.against === null) this.maps.leave();
    if (!this.isShown) return;
    draw(this.body, ...(scene.view.against === null ? areasParts(scene, local) : periodsParts(scene, local)));
  }
}

function whatSwitch(scene: Scene): Drawn {
  const { messages, meta, view } = scene;
  const ofPeriods = (): void => {
    const pair = firstPair(view.period, meta);
    if (pair) scene.change({ period: pair.later, against: pair.earlier });
  };
  const button = (what: 'areas' | 'periods', isOn: boolean, click: () => void): Drawn =>
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
