/** What every part of the page is drawn from, and what it may ask for. */

import type { StyleSpecification } from 'maplibre-gl';
import type { Answers } from '../api/answers';
import type { Explanation } from '../api/explanation';
import type { AreaAnswer, AreaRow, CountedSquares, Edition, Grade, GradeCode, Maybe, Meta, Ratings } from '../api/types';
import type { MessageKey, Messages, Values } from '../i18n/messages';
import type { Numbers } from '../i18n/numbers';
import type { Extent } from '../map/framing';
import { fillColour } from '../map/map_style';
import { evaluate, stepBounds } from '../map/expression';
import { patternsOf, pictureOf } from '../map/patterns';
import type { Scale } from '../view/text/sentence';
import type { Period, Theme, View } from '../view/view';
import type { Freshness } from '../view/wall/stops';

/** A run of periods under which the classes of colours stay. */
export interface Run {
  /** The areas that the classes are fitted to: those of some of its steps. */
  classed: AreaRow[];
  steps: number;
  sampled: number;
}

/** A period that the map previews, and its numbers. */
export interface Frame {
  period: Period;
  ratings: Ratings;
}

/** Shows other periods on the map before the view changes to one. */
export interface Preview {
  /** Colours the map as in `period`; gives its ratings when they are on the map, `null` when another was asked for meanwhile. */
  show(period: Period): Promise<Ratings | null>;
  /** Asks ahead for periods that will come soon. */
  warm(periods: Period[]): void;
  /** Fits the classes of colours to the whole of a run, until `rest`. */
  hold(periods: Period[]): Promise<void>;
  /** Ends the preview: the view changes to `period`. */
  rest(period: Period): void;
}

/** For scenes that stay on their period: frames of other pages, tests. */
export const NO_PREVIEW: Preview = {
  show: () => Promise.resolve(null),
  warm: () => undefined,
  hold: () => Promise.resolve(),
  rest: () => undefined,
};

/** The face of the page's state; inside an effect, reading a member follows it. */
export interface Scene {
  meta: Meta;
  /** What is shown: what every label says, for the numbers beside it are its own. */
  view: View;
  /** What was asked for: what controls say. Another than `view` while its numbers are on their way. */
  asked: View;
  /** Whether other numbers were asked for than those on show. */
  isPending: boolean;
  /** What the map previews instead of the period on show. */
  frame: Frame | null;
  /** When the server gave the numbers on show, where they were kept on this device. */
  keptSince: Date | null;
  style: StyleSpecification;
  ratings: Ratings | null;
  /** The selected area's own answer; `null` while it is on its way. */
  detail: AreaAnswer | null;
  /** Why the selected area has its letter: its answer, that it is on its way, or that it could not be had. */
  explanation: Explanation | 'waiting' | 'missing';
  /** What parts need beyond the scene: they name it, the page asks for it. */
  answers: Answers;
  /** The run that is played. */
  run: Run | null;
  preview: Preview;
  /** How old the numbers on show are. */
  freshness: Freshness;
  /** Whom the tiles name as their sources. */
  attribution: string;
  /** What the squares of incidents on the map count; none for roles that see points, or none. */
  squares?: Maybe<CountedSquares>;
  messages: Messages;
  numbers: Numbers;
  /** Changes the view. */
  change(change: Partial<View>): void;
  /** Speaks to screen readers without showing. */
  announce(text: string): void;
}

/** The letters from the calmest to the least calm. */
export const GRADES: Grade[] = ['A', 'B', 'C', 'D', 'E'];

/** The scene with another view, and numbers of its own: what a part says of what is not, or not yet, on show. */
export function sceneWith(scene: Scene, view: View, ratings: Ratings | null): Scene {
  const other = { view: { value: view }, asked: { value: view }, ratings: { value: ratings }, detail: { value: null } };
  return Object.create(scene, other) as Scene;
}

/** The scene as the map is coloured: that of the period which it previews, while it does. */
export function sceneOnMap(scene: Scene): Scene {
  const { frame } = scene;
  return frame ? sceneWith(scene, { ...scene.view, period: frame.period }, frame.ratings) : scene;
}

/** The rated areas of the view; none while they are on their way. */
export function areasOf(scene: Scene): AreaRow[] {
  return scene.ratings?.areas ?? [];
}

/** The areas that the classes of colours are fitted to: those on show, or those of the whole run that is played. */
export function classedAreas(scene: Scene): AreaRow[] {
  return scene.run?.classed ?? areasOf(scene);
}

/** The row of the selected area, where it is among those on show. */
export function selectedArea(scene: Scene): AreaRow | null {
  return areasOf(scene).find((area) => area.code === scene.view.area) ?? null;
}

/** The edition of boundaries with an id. */
export function editionNamed(meta: Meta, id: string): Edition | null {
  return meta.editions.find((edition) => edition.id === id) ?? null;
}

/** The edition of boundaries on show. */
export function editionOf(scene: Scene): Edition | null {
  return editionNamed(scene.meta, scene.view.edition);
}

/** The box around the areas of the edition on show: what a map is framed on. */
export function extentOf(scene: Scene): Extent | null {
  const bounds = editionOf(scene)?.bounds;
  return bounds ? { bounds, outline: [] } : null;
}

/** The newest edition with districts, where the one on show has none. */
export function formerEdition(scene: Scene): Edition | null {
  if (editionOf(scene)?.levels.includes('district')) return null;
  const former = scene.meta.editions.filter((edition) => edition.levels.includes('district'));
  return former.sort((a, b) => b.id.localeCompare(a.id))[0] ?? null;
}

/** The colour that the map gives an area under a theme. */
export function colourOf(scene: Scene, theme: Theme, area: Partial<AreaRow>): string | null {
  const colour = evaluate(fillColour(scene.style, theme, classedAreas(scene)), area);
  return typeof colour === 'string' ? colour : null;
}

/** The full-strength colour of a grade. */
export function gradeColour(scene: Scene, grade: GradeCode): string | null {
  return colourOf(scene, 'grade', { grade, reliability: 1 });
}

/** The scale that sentences are spoken on: breaks from the style, threshold from the rule file. */
export function scaleOf(scene: Scene): Scale {
  return {
    minReliability: scene.meta.grade?.min_reliability ?? null,
    reliabilitySteps: stepBounds(fillColour(scene.style, 'grade', [])),
  };
}

/** The pictures of patterns that were drawn, by style: drawing one takes longer than all else in a legend. */
const drawnPatterns = new WeakMap<StyleSpecification, Map<string, string | null>>();

/** The picture of one of the style's patterns as an address for CSS, e.g. for legend swatches. */
export function patternAddress(scene: Scene, id: string): string | null {
  const drawn = drawnPatterns.get(scene.style) ?? new Map<string, string | null>();
  drawnPatterns.set(scene.style, drawn);
  const known = drawn.get(id);
  if (known !== undefined) return known;
  const address = pictureAddress(scene, id);
  drawn.set(id, address);
  return address;
}

function pictureAddress(scene: Scene, id: string): string | null {
  const pattern = patternsOf(scene.style)[id];
  const picture = pattern && pictureOf(pattern);
  if (!picture) return null;
  const canvas = document.createElement('canvas');
  canvas.width = picture.image.width;
  canvas.height = picture.image.height;
  canvas.getContext('2d')?.putImageData(picture.image, 0, 0);
  return canvas.toDataURL();
}

/** The period on show as text: its name where it has one, and its first and last day. */
export function periodText(scene: Scene): { name: string; days: string } {
  return periodNamed(scene, scene.view.period, scene.ratings?.window);
}

/** A period as text; `counted` are the days of its numbers, where they are here. */
export function periodNamed(scene: Scene, period: Period, counted?: Ratings['window']): { name: string; days: string } {
  const window = 'window' in period ? scene.meta.windows.find((item) => item.id === period.window) : null;
  const { from, to } = window ?? counted ?? ('from' in period ? period : { from: '', to: '' });
  return { name: window ? scene.messages.pick(window.name) : '', days: from && to ? scene.numbers.period(from, to) : '' };
}

/** A text as it is true for this reader: the public has one of its own where severities play no part for it. */
export function sayToReader({ messages, meta }: Scene, key: MessageKey, values?: Values): string {
  const ofPublic = `${key}.public`;
  return messages.say(meta.role === 'public' && messages.has(ofPublic) ? ofPublic : key, values);
}
