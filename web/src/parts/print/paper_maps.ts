/**
 * The maps of a paper: drawn by the server in the style for print, as vectors that a printer draws as sharply as it can,
 * whatever the screen. Which maps a view needs, where each is cut, and how it comes into the document.
 */

import { pictureAddress } from '../../api/comparison';
import { text } from '../../api/client';
import { comparedAreas } from '../../view/compare/compared';
import { inOrder, type PeriodPair } from '../../view/time/periods';
import { type BareMap, bareMapIn } from '../../view/share/bare_map';
import type { Size } from '../../view/share/sharing';
import { filterOf, type Period } from '../../view/view';
import { periodName } from '../compare/texts';
import { type Drawn, element, heldElement } from '../elements/element';
import { type Scene, selectedArea } from '../scene';

/** What a sheet of paper is about; each is laid out in its own way. */
export type PaperKind = 'map' | 'area' | 'areas' | 'periods' | 'table';

/** A map that belongs on the paper. */
export interface WantedMap {
  /** The address of its drawing in a height that includes title and sources. */
  url: (height: number) => string;
  caption: string;
  /** The room of the map alone. */
  room: Size;
}

/** CSS pixels of a millimetre. */
const MM = 96 / 25.4;
const millimetres = (width: number, height: number): Size => ({ width: Math.round(width * MM), height: Math.round(height * MM) });
/** The room of each map, as print.css lays it out. */
const ROOM: Record<Exclude<PaperKind, 'table'>, Size> = {
  map: millimetres(206, 186),
  area: millimetres(88, 60),
  areas: millimetres(88, 50),
  periods: millimetres(88, 76),
};
/** About what title and sources take in a drawing of middle size, in pixels. */
const USUAL_LINES_PX = 105;
const TOLERANCE_PX = 4;
const MOST_HEIGHT_PX = 2400;
/** Beside more areas than these the map would push the charts to a third page. */
const MAP_BESIDE = 3;

/** The periods of a comparison of periods, in their order. */
export function pairOf({ view, meta }: Scene): PeriodPair | null {
  return view.mode === 'compare' && view.against ? inOrder(view.period, view.against, meta) : null;
}

/** What the paper of a scene is about. */
export function paperKind(scene: Scene): PaperKind {
  const { mode } = scene.view;
  if (mode === 'table') return 'table';
  if (mode === 'compare') return pairOf(scene) ? 'periods' : 'areas';
  return selectedArea(scene) ? 'area' : 'map';
}

/** One map of a period, asked for in the size of its room. */
function mapOf(scene: Scene, kind: Exclude<PaperKind, 'table'>, period: Period): WantedMap {
  const { view } = scene;
  const area = kind === 'area' ? selectedArea(scene) : null;
  const marked = area ?? selectedArea(scene);
  const room = ROOM[kind];
  const choice = { level: view.level, layer: view.theme, lang: view.lang, theme: 'print', legend: 'none' as const };
  const url = (height: number): string =>
    pictureAddress('svg', filterOf(view, period), {
      ...choice,
      width: room.width,
      height,
      ...(marked && { area: marked.code }),
      ...(area && { fit: 'area' as const }),
    });
  return { url, room, caption: [area?.name, periodName(scene, period)].filter(Boolean).join(', ') };
}

/** The maps that belong on the paper of a scene. */
export function wantedMaps(scene: Scene): WantedMap[] {
  const kind = paperKind(scene);
  const pair = pairOf(scene);
  if (kind === 'table') return [];
  if (pair) return [mapOf(scene, kind, pair.earlier), mapOf(scene, kind, pair.later)];
  if (kind === 'areas' && comparedAreas(scene.view).length > MAP_BESIDE) return [];
  return [mapOf(scene, kind, scene.view.period)];
}

async function bareMapAt(url: string): Promise<BareMap | null> {
  const drawing = await text(url).catch(() => null);
  return drawing === null ? null : bareMapIn(drawing);
}

/** How high a drawing of the map and the lines around it must be for the map to fill its room. */
export function fittingHeight(askedHeight: number, map: Size, drawnWidth: number, room: Size): number {
  const height = (map.height * room.width) / drawnWidth;
  return Math.min(MOST_HEIGHT_PX, Math.round(askedHeight + room.height - height));
}

/** The map as the server draws it, in the shape of its room; `null` where it cannot be had. */
export async function drawingOf({ url, room }: WantedMap): Promise<SVGSVGElement | null> {
  const asked = room.height + USUAL_LINES_PX;
  const first = await bareMapAt(url(asked));
  if (!first) return null;
  // How many lines the title takes is known only now.
  const height = fittingHeight(asked, first.map, first.map.width, room);
  const fitting = Math.abs(height - asked) <= TOLERANCE_PX ? first : await bareMapAt(url(height));
  return (fitting ?? first).drawing;
}

/** A drawing in a place of its own: its ids mean nothing to the page, and those of the page nothing to it. */
export function mapFigure({ caption }: WantedMap, drawing: SVGSVGElement): Drawn {
  const hold = (host: Element | null): void => {
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    if (root.firstChild !== drawing) root.replaceChildren(drawing);
  };
  return element('figure', {}, heldElement('div', { class: 'print-drawing' }, hold), element('figcaption', {}, caption));
}
