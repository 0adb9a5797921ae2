/** Draws the hatchings and dots that the style names in its metadata: no picture file, and the colour stays in the style. */

import type { StyleSpecification } from 'maplibre-gl';

/** A hatching as the style's metadata describes it. */
export interface Pattern {
  kind: 'hatch' | 'dots';
  ink: string;
  spacing_px: number;
  width_px: number;
}

/** A pattern drawn as one tile that repeats. */
export interface Picture {
  image: ImageData;
  pixelRatio: number;
}

const PIXEL_RATIO = 2;

/** The patterns of a style by the names under which its layers use them. */
export function patternsOf(style: StyleSpecification): Record<string, Pattern> {
  const metadata = style.metadata as Record<string, unknown> | undefined;
  return (metadata?.['binhyen:patterns'] as Record<string, Pattern> | undefined) ?? {};
}

function drawHatch(context: CanvasRenderingContext2D, side: number): void {
  // Three parallels, so that the corners of the repeated square join up.
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift - side, side * 2);
    context.lineTo(shift + side * 2, -side);
  }
  context.stroke();
}

/** One square of the pattern, to be repeated. `null` where the browser has no 2D canvas. */
export function pictureOf(pattern: Pattern): Picture | null {
  const side = Math.round(pattern.spacing_px * PIXEL_RATIO);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.strokeStyle = context.fillStyle = pattern.ink;
  context.lineWidth = pattern.width_px * PIXEL_RATIO * 0.7;
  if (pattern.kind === 'hatch') drawHatch(context, side);
  else {
    context.arc(side / 2, side / 2, (pattern.width_px * PIXEL_RATIO) / 2, 0, 2 * Math.PI);
    context.fill();
  }
  return { image: context.getImageData(0, 0, side, side), pixelRatio: PIXEL_RATIO };
}
