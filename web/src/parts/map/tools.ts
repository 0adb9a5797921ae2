/** What lies on the map: the zoom buttons, the sources, and the small label of the area under the pointer. */

import { effect, signal } from '@preact/signals-core';
import { valueText } from '../../view/text/values';
import { draw, type Drawn, element, icon } from '../elements/element';
import { areasOf, type Scene, sceneOnMap } from '../scene';
import { swatch } from '../legend/swatch';

/** What the buttons on the map do. */
export interface MapActions {
  zoom(by: number): void;
  home(): void;
}

/** The buttons that zoom in, zoom out and show the whole province. */
export function toolParts(scene: Scene, actions: MapActions): (Drawn | false)[] {
  const { messages, meta, view } = scene;
  const button = (id: string, strokes: string, label: string, click: () => void): Drawn =>
    element('button', { id, type: 'button', class: 'icon', title: label, 'aria-label': label, click }, icon(strokes));
  return [
    button('zoom-in', 'M12 5v14M5 12h14', messages.say('zoom.in'), () => actions.zoom(1)),
    button('zoom-out', 'M5 12h14', messages.say('zoom.out'), () => actions.zoom(-1)),
    // Beside a wide map the list stands open; on a narrow screen it is a sheet.
    view.overlays.includes('incidents') &&
      meta.role !== 'public' &&
      button('incidents-open', 'M5 6h14M5 12h14M5 18h14', messages.say('incidents'), () =>
        document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'incidents' })),
      ),
    button('zoom-home', 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5', messages.say('zoom.home'), () => actions.home()),
  ];
}

/** The label that follows the pointer: the name, and what the layer on show says of the area; read anew when that changes. */
export class PointedAt {
  private readonly pointed = signal<{ scene: Scene; code: string } | null>(null);

  constructor(private readonly root: HTMLElement) {
    effect(() => this.draw());
  }

  show(scene: Scene, code: string | null, point: { x: number; y: number }): void {
    const before = this.pointed.peek();
    if (code === null) this.pointed.value = null;
    else if (before?.code !== code || before.scene !== scene) this.pointed.value = { scene, code };
    const room = (this.root.parentElement?.clientWidth ?? 0) - this.root.offsetWidth - 12;
    this.root.style.transform = `translate(${Math.max(4, Math.min(point.x + 14, room))}px, ${point.y + 16}px)`;
  }

  private draw(): void {
    const pointed = this.pointed.value;
    const scene = pointed && sceneOnMap(pointed.scene);
    const area = scene && areasOf(scene).find((item) => item.code === pointed.code);
    this.root.hidden = !area;
    if (!area) return;
    const { theme } = scene.view;
    draw(this.root, swatch(scene, theme, area), area.name, element('small', {}, valueText(area, theme, scene)));
  }
}
