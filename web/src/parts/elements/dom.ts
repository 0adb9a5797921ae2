/**
 * Builds nodes of the document at once, for what a widget or a page without a scene keeps in its own hands. What follows the
 * scene is described by `element` instead. No markup strings: nothing the server sends can become an element.
 */

/** What can stand inside a node; nothing for an absent part. */
export type Content = Node | string | null | false | undefined;
/** Attributes by name; functions listen to the event of that name. */
export type NodeAttributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

const SVG = 'http://www.w3.org/2000/svg';

function isPresent(content: Content): content is Node | string {
  return content !== null && content !== false && content !== undefined;
}

function equip(target: Element, attributes: NodeAttributes, contents: Content[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') target.addEventListener(name, value);
    else if (value === true) target.setAttribute(name, '');
    else if (value !== false && value != null) target.setAttribute(name, String(value));
  }
  target.append(...contents.filter(isPresent));
}

/** An HTML node of the document. */
export function node<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: NodeAttributes = {},
  ...contents: Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  equip(made, attributes, contents);
  return made;
}

/** An SVG node of the document. */
export function svgNode(tag: string, attributes: NodeAttributes = {}, ...contents: Content[]): SVGElement {
  const made = document.createElementNS(SVG, tag);
  equip(made, attributes, contents);
  return made;
}

/** Replaces all that `root` holds. */
export function fill(root: Element, ...contents: Content[]): void {
  root.replaceChildren(...contents.filter(isPresent));
}

/** A sign drawn with the given strokes on a square of 24 units. */
export function iconNode(strokes: string): SVGElement {
  return svgNode('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svgNode('path', { d: strokes }));
}

/** The part of the document of this id, which the document itself brings along. */
export function region(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
