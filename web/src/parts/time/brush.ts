/** The period as something to take hold of: by mouse, finger or key. It proposes spans; what becomes of them is the timeline's. */

import { dragged, type Grid, type Grip, shareOf, stepAt, stepped } from '../../view/time/brush';
import { dayNumber, type Span, type Step } from '../../view/time/time';
import { node } from '../elements/dom';
import type { Chart } from './chart';

/** What the brush asks of the timeline, and what it reports to it. */
export interface BrushListener {
  grid(): Grid;
  span(): Span | null;
  step(): Step;
  domain(): Span;
  /** The period as it is held now. */
  proposed(span: Span, by: 'pointer' | 'key'): void;
  /** The hand has let go. */
  released(): void;
  pointedAt(day: string | null): void;
}

/** What the two handles say of themselves. */
export interface BrushTexts {
  start: string;
  end: string;
  startText: string;
  endText: string;
}

const CLICK_PX = 4;
/** How far the Page keys go, in steps. */
const LARGE: Record<Step, number> = { day: 7, week: 4, month: 3, quarter: 4, year: 2 };

interface Hold {
  grip: Grip;
  x: number;
  span: Span;
  moved: boolean;
  /** Begun beside the period: the span is drawn out to either side. */
  isFresh: boolean;
}

/** The period on the bars with its two handles. */
export class Brush {
  private readonly start = node('div', { id: 'time-start', class: 'time-handle', role: 'slider', tabindex: 0 });
  private readonly end = node('div', { id: 'time-end', class: 'time-handle', role: 'slider', tabindex: 0 });
  private readonly body = node('div', { class: 'time-brush' }, this.start, this.end);
  private hold: Hold | null = null;

  constructor(
    private readonly chart: Chart,
    private readonly listener: BrushListener,
  ) {
    chart.root.append(this.body);
    chart.root.addEventListener('pointerdown', (event) => this.take(event));
    chart.root.addEventListener('pointermove', (event) => this.move(event));
    chart.root.addEventListener('pointerup', (event) => this.letGo(event));
    chart.root.addEventListener('pointercancel', () => this.drop());
    chart.root.addEventListener('pointerleave', () => listener.pointedAt(null));
    for (const grip of ['start', 'end'] as const) this[grip].addEventListener('keydown', (event) => this.key(event, grip));
  }

  get isHeld(): boolean {
    return this.hold !== null;
  }

  draw(span: Span, domain: Span, texts: BrushTexts): void {
    const [left, right] = [shareOf(span.from, domain), shareOf(span.to, domain)];
    this.body.style.left = `${100 * left}%`;
    this.body.style.width = `${100 * (right - left)}%`;
    this.describe(this.start, span.from, domain, texts.start, texts.startText);
    this.describe(this.end, span.to, domain, texts.end, texts.endText);
  }

  private describe(handle: HTMLElement, day: string, domain: Span, label: string, text: string): void {
    const first = dayNumber(domain.from);
    const values = {
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': dayNumber(domain.to) - first,
      'aria-valuenow': dayNumber(day) - first,
      'aria-valuetext': text,
    };
    for (const [name, value] of Object.entries(values)) handle.setAttribute(name, String(value));
  }

  private gripAt(target: EventTarget | null): Grip | null {
    if (target === this.start) return 'start';
    if (target === this.end) return 'end';
    return target === this.body ? 'whole' : null;
  }

  /** Takes hold of the period, or beside it of the step under the pointer, to be drawn out. */
  private take(event: PointerEvent): void {
    const span = this.listener.span();
    if (event.button !== 0 || !span) return;
    const grip = this.gripAt(event.target);
    const fresh = grip === null ? stepAt(this.chart.dayAt(event.clientX), this.listener.grid()) : null;
    this.hold = { grip: grip ?? 'end', x: event.clientX, span: fresh ?? span, moved: false, isFresh: fresh !== null };
    this.chart.root.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (grip === 'start' || grip === 'end') this[grip].focus();
  }

  private move(event: PointerEvent): void {
    const { hold } = this;
    if (!hold) return this.listener.pointedAt(this.chart.dayAt(event.clientX));
    const pulledPx = event.clientX - hold.x;
    hold.moved ||= Math.abs(pulledPx) >= CLICK_PX;
    if (!hold.moved) return;
    const days = Math.round(pulledPx * this.chart.daysPerPx);
    const grip = hold.isFresh && days < 0 ? 'start' : hold.grip;
    this.listener.proposed(dragged(hold.span, grip, days, this.listener.grid()), 'pointer');
  }

  private letGo(event: PointerEvent): void {
    const { hold } = this;
    this.hold = null;
    if (!hold) return;
    const isClick = !hold.moved && (hold.isFresh || hold.grip === 'whole');
    const step = isClick ? stepAt(this.chart.dayAt(event.clientX), this.listener.grid()) : null;
    if (step) this.listener.proposed(step, 'pointer');
    this.listener.released();
  }

  private drop(): void {
    if (this.hold) this.listener.proposed(this.hold.span, 'pointer');
    this.hold = null;
    this.listener.released();
  }

  private key(event: KeyboardEvent, grip: 'start' | 'end'): void {
    const span = this.listener.span();
    if (!span) return;
    const large = LARGE[this.listener.step()];
    const counts: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -large,
      PageUp: large,
      Home: -Infinity,
      End: Infinity,
    };
    const count = counts[event.key];
    if (count === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.listener.proposed(this.keyed(span, grip, count), 'key');
  }

  private keyed(span: Span, grip: 'start' | 'end', count: number): Span {
    const grid = this.listener.grid();
    if (Number.isFinite(count)) return stepped(span, grip, count, grid);
    const domain = this.listener.domain();
    const wanted = count < 0 ? domain.from : domain.to;
    const day = grip === 'start' ? span.from : span.to;
    return dragged(span, grip, dayNumber(wanted) - dayNumber(day), grid);
  }
}
