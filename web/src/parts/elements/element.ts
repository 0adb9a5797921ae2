/** Builds HTML and SVG nodes. No markup strings anywhere: nothing the server sends can become an element. */

export type Child = Node | string | null | false | undefined;
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

const SVG = 'http://www.w3.org/2000/svg';

function dress(node: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined));
}

/** An HTML element; functions among the attributes listen to the event of that name. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  dress(node, attributes, children);
  return node;
}

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  dress(node, attributes, children);
  return node;
}

/** Gives `node` a background colour (the policy forbids style attributes, not the object model). */
export function coloured<T extends HTMLElement>(node: T, colour: string | null): T {
  if (colour !== null) node.style.backgroundColor = colour;
  return node;
}

/** Replaces what `root` holds; the focus stays on the element of the same id. */
export function refill(root: HTMLElement, ...children: Child[]): void {
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : '';
  root.replaceChildren(
    ...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined),
  );
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** A sign drawn with the given strokes on a square of 24 units. */
export function icon(strokes: string): SVGElement {
  return svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: strokes }));
}
