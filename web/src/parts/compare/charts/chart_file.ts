/**
 * A chart as a file that stands alone: the drawing with its styles written into it, under its title, over the period, the
 * boundaries, the rules and the word that the numbers are sample ones, where they are.
 */

import { save } from '../../../api/download';
import { wrapped } from '../../../view/share/wrapped';
import { svgNode } from '../../elements/dom';
import type { Drawn } from '../../elements/element';
import type { Scene } from '../../scene';
import { provenanceLines } from '../provenance';

const SVG = 'http://www.w3.org/2000/svg';
/** What style sheets say about charts; a file carries no style sheet. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'paint-order',
];
const MARGIN = 16;
const TITLE_PX = 17;
const NOTE_PX = 12;
const LINE_PX = 17;
/** Mean width of a letter against its height, a little on the safe side. */
const LETTER_WIDTH = 0.56;
const PNG_SCALE = 2;

/** A chart with what must stand beside it wherever it goes. */
export interface Chart {
  /** Names the chart in the document and the file that it is saved as. */
  id: string;
  title: string;
  /** How to read it. */
  note: string;
  drawing: Drawn;
}

function withInlineStyles(drawing: SVGElement): SVGElement {
  const copy = drawing.cloneNode(true) as SVGElement;
  copy.removeAttribute('class');
  const [from, to] = [[...drawing.querySelectorAll('*')], [...copy.querySelectorAll('*')]];
  from.forEach((node, index) => {
    const computed = getComputedStyle(node);
    for (const name of STYLES) to[index]?.setAttribute(name, computed.getPropertyValue(name));
    to[index]?.removeAttribute('class');
  });
  return copy;
}

interface Line {
  text: string;
  size: number;
  weight: number;
}

function textBlock(lines: Line[], top: number, ink: string, font: string): SVGElement[] {
  return lines.map(({ text, size, weight }, index) =>
    svgNode(
      'text',
      { x: MARGIN, y: top + (index + 1) * LINE_PX, fill: ink, 'font-family': font, 'font-size': size, 'font-weight': weight },
      text,
    ),
  );
}

/** The drawing of a chart as it stands in the document. */
function drawingOf(chart: Chart): SVGElement | null {
  return document.getElementById(chart.id)?.querySelector<SVGElement>('svg.plot') ?? null;
}

/** The chart as a complete SVG document; `drawing` is its node on the page, styles included. */
export function chartDocument(scene: Scene, chart: Chart, drawing: SVGElement): SVGElement {
  const [, , innerWidth = 0, innerHeight = 0] = (drawing.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const width = innerWidth + 2 * MARGIN;
  const { color: ink, backgroundColor: paper, fontFamily: font } = getComputedStyle(document.body);
  const lettersIn = (size: number): number => Math.floor(innerWidth / (size * LETTER_WIDTH));
  const lines = (texts: string[], size: number, weight: number): Line[] =>
    texts.flatMap((text) => wrapped(text, lettersIn(size))).map((text) => ({ text, size, weight }));
  const title = lines([chart.title], TITLE_PX, 600);
  const below = lines([chart.note, ...provenanceLines(scene)], NOTE_PX, 400);
  const top = MARGIN + title.length * LINE_PX + 12;
  const height = top + innerHeight + below.length * LINE_PX + MARGIN + 8;
  const drawn = withInlineStyles(drawing);
  for (const [name, value] of Object.entries({ x: MARGIN, y: top, width: innerWidth, height: innerHeight }))
    drawn.setAttribute(name, String(value));
  return svgNode(
    'svg',
    { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height },
    svgNode('title', {}, chart.title),
    svgNode('rect', { width, height, fill: paper }),
    ...textBlock(title, MARGIN - 4, ink, font),
    drawn,
    ...textBlock(below, top + innerHeight, ink, font),
  );
}

async function asPng(text: string, width: number, height: number): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * PNG_SCALE, height * PNG_SCALE];
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser writes no PNG'))), 'image/png'),
  );
}

/** Saves the chart as a picture. */
export async function savePicture(scene: Scene, chart: Chart, form: 'svg' | 'png'): Promise<void> {
  const drawing = drawingOf(chart);
  if (!drawing) return;
  const node = chartDocument(scene, chart, drawing);
  const text = new XMLSerializer().serializeToString(node);
  const content =
    form === 'svg'
      ? new Blob([text], { type: 'image/svg+xml' })
      : await asPng(text, Number(node.getAttribute('width')), Number(node.getAttribute('height')));
  save(content, `binhyen-${chart.id}.${form}`);
}
