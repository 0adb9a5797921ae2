/** The map out of a drawing of the server, without the title above and the sources below it, for a page that says these itself. */

import type { Size } from './sharing';

/** A box in the units of a drawing. */
export interface Box extends Size {
  x: number;
  y: number;
}

/** What is left of a drawing: its map, and where in the drawing's units that lies. */
export interface BareMap {
  drawing: SVGSVGElement;
  map: Box;
}

/** The drawing in a text, reduced to its map; `null` where the text is none. The clip of the map says where it lies. */
export function bareMapIn(text: string): BareMap | null {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const clip = root.querySelector('clipPath > rect');
  if (!(root instanceof SVGSVGElement) || !clip) return null;
  const side = (name: string): number => Number(clip.getAttribute(name));
  const map = { x: side('x'), y: side('y'), width: side('width'), height: side('height') };
  for (const child of [...root.children])
    if (!['defs', 'title', 'desc'].includes(child.localName) && !child.hasAttribute('clip-path')) child.remove();
  const drawing = document.importNode(root, true);
  look(drawing, map);
  return { drawing, map };
}

/** Has the drawing show `box`, as large as its place lets it. */
export function look(drawing: SVGSVGElement, { x, y, width, height }: Box): void {
  drawing.setAttribute('viewBox', [x, y, width, height].join(' '));
  drawing.setAttribute('preserveAspectRatio', 'xMidYMid meet');
  for (const name of ['width', 'height']) drawing.setAttribute(name, '100%');
}

/** The smallest box around some boxes; `null` around none. */
export function around(boxes: readonly Box[]): Box | null {
  const filled = boxes.filter(({ width, height }) => width > 0 && height > 0);
  if (filled.length === 0) return null;
  const [x, y] = [Math.min(...filled.map((box) => box.x)), Math.min(...filled.map((box) => box.y))];
  const right = Math.max(...filled.map((box) => box.x + box.width));
  const bottom = Math.max(...filled.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
