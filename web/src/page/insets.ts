/** The insets of the first view: asked for where the map is wide, placed where it leaves room, gone when the reader moves it. */

import { computed, effect, signal } from '@preact/signals-core';
import { gazetteerOf, outlinesOf } from '../api/gazetteer';
import type { AreaRow } from '../api/types';
import type { Box, Covered, Extent, Size } from '../map/framing';
import type { MapContent } from '../map/map_style';
import { region } from '../parts/elements/dom';
import { draw } from '../parts/elements/element';
import type * as InsetDrawing from '../parts/map/inset_drawing';
import type { PlacedInset, Shape } from '../parts/map/inset_drawing';
import { anchorPoints } from '../parts/map/map_content';
import { areasOf, type Scene } from '../parts/scene';

/** A narrower map has no room for insets, so their shapes are not asked for. */
const LEAST_WIDTH_PX = 560;

interface Planned {
  key: string;
  size: Size;
  insets: PlacedInset[];
  shapes: Shape[];
  /** How they are drawn; comes with the first that find room. */
  parts?: typeof InsetDrawing.insetParts;
}

function keyOf({ view }: Scene): string {
  return `${view.edition}/${view.level}`;
}

/** What stands beside the map of one page, or of a frame. */
export class Insets {
  private readonly planned = signal<Planned | null>(null);
  /** Areas whose colours are newer than the ratings of the scene. */
  private readonly painted = signal<AreaRow[] | null>(null);
  private readonly whole = computed(() => {
    const { camera, mode, theme } = this.scene.view;
    // Clusters are marked by the map alone, and reach across both.
    return camera === null && mode === 'map' && theme !== 'clusters';
  });
  /** Those on show: only while the whole edition is. */
  private readonly shown = computed<Planned | null>(() => {
    const planned = this.planned.value;
    return planned && this.whole.value && planned.key === keyOf(this.scene) ? planned : null;
  });

  constructor(
    private readonly scene: Scene,
    /** What lies over the map beside the insets. */
    private readonly covered: () => Covered,
  ) {}

  /** Keeps the drawings in step with the scene. */
  follow(): void {
    const root = region('insets');
    effect(() => {
      const planned = this.shown.value;
      root.hidden = planned === null || planned.insets.length === 0;
      if (!planned?.parts || planned.insets.length === 0) return draw(root);
      const gazetteer = gazetteerOf(this.scene.answers);
      const known = gazetteer ? anchorPoints(this.scene, gazetteer) : [];
      const rows = this.painted.value ?? areasOf(this.scene);
      draw(root, ...planned.parts(this.scene, { insets: planned.insets, shapes: planned.shapes, rows, known }));
    });
  }

  /** Finds room beside `extent` of `scene`; asks for the shapes of the areas first, where there may be some. */
  async plan(extent: Extent, scene: Scene): Promise<void> {
    const { answers, view } = scene;
    const size = this.size();
    const key = keyOf(scene);
    const known = this.planned.peek();
    if (known?.key === key && known.size.width === size.width && known.size.height === size.height) return;
    if (size.width < LEAST_WIDTH_PX) return void (this.planned.value = { key, size, shapes: [], insets: [] });
    const [drawing, shapes] = await Promise.all([
      import('../parts/map/inset_drawing'),
      outlinesOf(answers, view.edition, view.level),
    ]);
    const sea = drawing.farSeaOf(scene.style)?.bounds ?? null;
    const insets = drawing.placedInsets(shapes, extent, size, this.covered(), sea);
    this.planned.value = { key, size, shapes, insets, parts: drawing.insetParts };
  }

  /** Colours the insets as the map is, before the scene says so; `null` goes back to what it says. */
  paint(areas: AreaRow[] | null): void {
    this.painted.value = areas;
  }

  /** Whether the reader sees the whole edition, and insets with it; read in an effect, it is followed. */
  get isWhole(): boolean {
    return this.whole.value;
  }

  /** What the map marks of them: the boxes that are drawn larger, and whether a drawing lies on the sea in the east, or names it. */
  onMap(): Pick<MapContent, 'insets' | 'isSeaTaken'> {
    const insets = this.shown.value?.insets ?? [];
    return {
      insets: insets.filter(({ kind }) => kind === 'dense').map(({ bounds }) => bounds),
      isSeaTaken: insets.some(({ kind, corner }) => kind === 'sea' || corner === 'north-east'),
    };
  }

  /** Where they stand on the map. */
  boxes(): Box[] {
    return (this.shown.value?.insets ?? []).map(({ box }) => box);
  }

  private size(): Size {
    const { clientWidth: width, clientHeight: height } = region('map');
    return { width, height };
  }
}
