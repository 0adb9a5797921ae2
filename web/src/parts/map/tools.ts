/** What lies on the map: the zoom buttons, the sources, and the small label of the area under the pointer. */

import { valueText } from '../../view/text/values';
import { draw, type Drawn, element, icon } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { swatch } from '../legend/swatch';

/** What the buttons on the map do. */
export interface MapActions {
  zoom(by: number): void;
  home(): void;
}

/** The buttons that zoom in, zoom out and show the whole province. */
export function toolParts(scene: Scene, actions: MapActions): Drawn[] {
  const { messages } = scene;
  const button = (id: string, strokes: string, label: string, click: () => void): Drawn =>
    element('button', { id, type: 'button', class: 'icon', title: label, 'aria-label': label, click }, icon(strokes));
  return [
    button('zoom-in', 'M12 5v14M5 12h14', messages.say('zoom.in'), () => actions.zoom(1)),
    button('zoom-out', 'M5 12h14', messages.say('zoom.out'), () => actions.zoom(-1)),
    button('zoom-home', 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5', messages.say('zoom.home'), () => actions.home()),
  ];
}

/** The label that follows the pointer: the name, and what the layer on show says of the area. */
export class PointedAt {
  private code: string | null = null;

  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene, code: string | null, point: { x: number; y: number }): void {
    const area = areasOf(scene).find((item) => item.code === code);
    this.root.hidden = !area;
    if (!area) {
      this.code = null;
      return;
    }
    if (this.code !== code) {
      const { theme } = scene.view;
      draw(this.root, swatch(scene, theme, area), area.name, element('small', {}, valueText(area, theme, scene)));
      this.code = code;
    }
    const room = (this.root.parentElement?.clientWidth ?? 0) - this.root.offsetWidth - 12;
    this.root.style.transform = `translate(${Math.max(4, Math.min(point.x + 14, room))}px, ${point.y + 16}px)`;
  }
}
