/**
 * Describes elements, and brings a part of the document to what is described. Nodes that are described again stay, and with
 * them the focus, the scroll position and what the reader typed; an id is the key by which a node is known again.
 * No markup strings: nothing the server sends can become an element.
 */

import { cloneElement, h, render, type VNode } from 'preact';

/** A described element. */
export type Drawn = VNode;
/** What can stand inside an element; nothing for an absent part. */
export type Child = Drawn | string | null | false | undefined;
type Style = Record<string, string>;
/** Attributes by name; functions listen to the event of that name, `ref` gets the node itself. */
export type Attributes = Record<string, string | number | boolean | null | undefined | Style | ((event: Event) => void)> & {
  style?: Style;
};
/** Gets the node once it stands in the document, and `null` when it goes. */
export type Ref = (node: Element | null) => void;

/** An HTML or SVG element; SVG where it stands inside an `svg`. */
export function element(tag: string, attributes: Attributes = {}, ...children: Child[]): Drawn {
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) props[typeof value === 'function' ? `on${name}` : name] = value;
  const { id } = attributes;
  return h(tag, typeof id === 'string' ? { key: id, ...props } : props, ...children) as Drawn;
}

/** An element whose node somebody needs, e.g. to put a map into it. */
export function heldElement(tag: string, attributes: Attributes, ref: Ref): Drawn {
  return cloneElement(element(tag, attributes), { ref }) as Drawn;
}

/** `drawn` with a background colour (the policy forbids style attributes, not the object model). */
export function coloured(drawn: Drawn, colour: string | null): Drawn {
  return colour === null ? drawn : styled(drawn, { backgroundColor: colour });
}

/** `drawn` with more style. */
export function styled(drawn: Drawn, style: Style): Drawn {
  const before = (drawn.props as { style?: Style }).style;
  return cloneElement(drawn, { style: { ...before, ...style } }) as Drawn;
}

/** Brings what `root` holds to `children`. */
export function draw(root: Element, ...children: Child[]): void {
  render(children, root);
}

/** A sign drawn with the given strokes on a square of 24 units. */
export function icon(strokes: string): Drawn {
  return element('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, element('path', { d: strokes }));
}

/** The value of the field that an event belongs to. */
export function valueIn(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;
}
