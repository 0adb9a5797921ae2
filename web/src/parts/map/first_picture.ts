/** The picture of the map that came with its document: laid where the map will stand, gone when the map is there. */

import type { Size, Standpoint } from '../../map/framing';

const WORLD_PX = 512;

/** A box in the units of the drawing. */
export interface DrawnBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a drawing lies in the world, which is one wide: its origin, and how many of its units the world has. */
export interface Placed {
  west: number;
  north: number;
  worldPx: number;
}

/** What of a drawing is seen on a map of `size` from a standpoint. */
export function seenFrom({ center: [lon, lat], zoom }: Standpoint, { width, height }: Size, placed: Placed): DrawnBox {
  const scale = placed.worldPx / (WORLD_PX * 2 ** zoom);
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = (lon + 180) / 360;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return {
    x: (x - placed.west) * placed.worldPx - (width * scale) / 2,
    y: (y - placed.north) * placed.worldPx - (height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
}

/** The picture of a document; one that carries none does nothing. */
export class FirstPicture {
  private readonly drawing: SVGSVGElement | null;

  constructor(private readonly root: HTMLElement | null) {
    this.drawing = root?.querySelector('svg') ?? null;
    if (!this.drawing) this.drop();
  }

  /** Whether it shows the numbers of an epoch. */
  isOf(epoch: number): boolean {
    return this.root?.dataset['epoch'] === String(epoch);
  }

  /** Lays it where a map of `size` will show the same from `standpoint`. */
  place(standpoint: Standpoint, size: Size): void {
    const { west, north, worldPx } = this.drawing?.dataset ?? {};
    if (!this.drawing || !west || !north || !worldPx) return;
    const box = seenFrom(standpoint, size, { west: Number(west), north: Number(north), worldPx: Number(worldPx) });
    this.drawing.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
    this.drawing.setAttribute('preserveAspectRatio', 'none');
  }

  /** Takes it away. */
  drop(): void {
    this.root?.remove();
    delete document.documentElement.dataset['first'];
  }
}
