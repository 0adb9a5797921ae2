/**
 * The page as a whole: joins state, map and parts, and turns each change of the view into what it takes. The order is always
 * the same: view → requests → state → parts. Parts never send requests themselves; what one needs beyond the scene it names
 * to `scene.answers`.
 */

import { batch, effect, signal } from '@preact/signals-core';
import { Answers } from '../api/answers';
import { fetchExplanation, fetchStyle, json, speak } from '../api/client';
import { isPublished } from '../api/published/mark';
import { Explanations } from '../api/explanations';
import { learnWords, withWords } from '../i18n/catalogue';
import type { MessageKey } from '../i18n/messages';
import { levelAt } from '../map/levels';
import type { MapListener } from '../map/safety_map';
import { region } from '../parts/elements/dom';
import { whenIdle } from '../parts/elements/idle';
import { Header } from '../parts/header/header';
import { Notice } from '../parts/header/notice';
import { pickOnMap, pointedIncident, ringedPlace, seenBounds, uncovered } from '../parts/incidents/shared';
import { listenToKeys } from '../parts/keyboard/keys';
import { PointedAt } from '../parts/map/tools';
import { pins } from '../parts/moderation/pins';
import { prepareArea } from '../parts/panel/panel';
import { listenForPrinting } from '../parts/print/printing';
import { editionOf, type Scene, sceneWith } from '../parts/scene';
import { Sheet } from '../parts/sheet/sheet';
import { listenForWall } from '../parts/wall/walling';
import { isSameBasis } from '../view/basis';
import { type Picked, pickedOnMap } from '../view/compare/compared';
import { colourScheme, rememberScheme, type Scheme, schemeChoice, type SchemeChoice, watchScheme } from '../view/scheme';
import { changeBetween, wideChange } from '../view/steps';
import { changedView, isSamePeriod, languageOf, type Period, readView, type View, writeView } from '../view/view';
import { Commands } from './commands';
import { coveredMap, watchCovering } from '../parts/map/covering';
import { type Followed, PageHistory } from './history';
import { Insets } from './insets';
import { Following } from './live/following';
import { Loading } from './loading';
import { MapDrawing } from './map_drawing';
import { MapStage } from './map_stage';
import { mountParts } from './mounting';
import { PeriodPreview } from './preview';
import { Selection } from './selection';
import { askFor, type Beginning, type PageState, sceneOver, stateFrom } from './state';

/** Everything that lives as long as the page. */
export class Page {
  private readonly state: PageState;
  private readonly scene: Scene;
  private readonly chosenScheme = signal<SchemeChoice>(schemeChoice());
  private readonly notice = new Notice(region('notices'));
  private readonly pointed = new PointedAt(region('pointed'));
  private readonly sheet: Sheet;
  private readonly insets: Insets;
  private readonly preview: PeriodPreview;
  private readonly map: MapStage;
  private readonly drawing: MapDrawing;
  private readonly loading: Loading;
  private readonly selection: Selection;
  private readonly commands: Commands;
  private readonly history: PageHistory;

  constructor(
    beginning: Beginning,
    private scheme: Scheme,
  ) {
    document.documentElement.dataset['scheme'] = scheme;
    this.state = stateFrom(beginning);
    const preview = (this.preview = this.previewOfPeriods());
    this.scene = sceneOver(this.state, {
      answers: new Answers(json),
      preview,
      change: (change) => void this.change(change),
      announce: (text) => this.notice.announce(text),
    });
    this.history = new PageHistory({
      followed: (by) => void this.followAddress(by),
      sheet: (name) => this.sheet.show(name),
    });
    this.sheet = new Sheet(this.scene, document.body, region('sheet-bar'), {
      moved: () => this.reframe('anew'),
      turned: (name) => this.history.sheetTurned(name),
    });
    this.insets = new Insets(this.scene, () => coveredMap(this.sheet.raisedPx(), 'without-insets'));
    this.map = this.stage();
    const { state, scene, map, insets, notice, sheet } = this;
    const explanations = new Explanations(fetchExplanation);
    this.drawing = new MapDrawing({ state, scene, map, insets, notice, preview });
    this.loading = new Loading({
      ...{ state, scene, map, notice, preview, explanations },
      loaded: (numbers) => this.loaded(numbers),
      steppedBack: (asked) => this.steppedBack(asked),
    });
    this.selection = new Selection({
      ...{ state, scene, map, sheet, explanations },
      failed: (error) => this.loading.failed(error),
      cleared: () => this.commands.returnFocus(),
    });
    this.commands = new Commands({ scene, header: this.header(), map, sheet });
  }

  /** Puts the parts into the document, keeps them fresh, and loads what the view shows. */
  async begin(standing: MessageKey | null): Promise<void> {
    if (standing) this.loading.keepSaying(standing);
    document.getElementById('opening')?.remove();
    mountParts(this.scene, { zoom: (by) => this.map.zoom(by), home: () => this.home() }, () => this.map.picker());
    this.insets.follow();
    this.drawing.follow();
    this.listen();
    effect(() => this.map.ring(ringedPlace()));
    effect(() => this.map.pin(pins.value));
    effect(() => {
      if (uncovered.value) this.map.reveal(uncovered.value.bounds);
    });
    listenForWall(this.scene, { enlarge: (times) => this.map.enlarge(times, this.scene) });
    const preparePaper = listenForPrinting(this.scene, {
      style: () => fetchStyle('print'),
      wear: (style) => (this.state.paperStyle.value = style),
      snapshot: () => this.map.snapshot(),
    });
    const fragment = location.hash;
    await this.loading.load();
    whenIdle(() => {
      prepareArea();
      preparePaper();
    });
    void this.sayFaults(fragment);
  }

  /** Says what of a link could not be followed: nothing is replaced in silence. */
  private async sayFaults(fragment: string): Promise<void> {
    const { meta, messages } = this.scene;
    if (fragment.length < 2) return;
    const { faultSentences } = await withWords(import('./fault_texts'));
    const sentences = faultSentences(this.scene, fragment);
    if (sentences.length > 0 && meta.editions.length > 0) this.notice.remark(sentences, messages.say('remark.close'));
  }

  private stage(): MapStage {
    const listener: MapListener = {
      picked: (code, how) => this.pick(code, how),
      pointedAt: (code, point) => this.pointed.show(this.scene, code, point),
      moved: (camera) => void this.change({ camera }),
      zoomed: (zoom) => this.followZoom(zoom),
      incidentPointedAt: (hit, point) => (pointedIncident.value = hit && { hit, point }),
      incidentPicked: pickOnMap,
      seen: (bounds) => (seenBounds.value = bounds),
      covered: () => coveredMap(this.sheet.raisedPx()),
    };
    return new MapStage(listener, this.insets);
  }

  private header(): Header {
    return new Header(this.scene, region('header'), region('rail'), {
      scheme: () => this.chosenScheme.value,
      chooseScheme: (choice) => this.chooseScheme(choice),
    });
  }

  private previewOfPeriods(): PeriodPreview {
    return new PeriodPreview({
      scene: () => this.scene,
      ask: json,
      paint: (key, areas, classed) => {
        this.map.paint(this.scene, key, areas, classed);
        this.insets.paint(areas);
        return this.map.painting();
      },
      held: (run) => (this.state.run.value = run),
      rested: (period) => void this.rest(period),
      began: () => this.drawing.mark('playing'),
      framed: (frame) => (this.state.frame.value = frame),
    });
  }

  private listen(): void {
    listenToKeys((command) => this.commands.run(command));
    this.commands.listen();
    watchCovering(() => this.reframe('if-covered'));
    watchScheme(() => void this.showScheme());
    const ask = new Following(this.scene, this.loading).begin();
    region('notices').addEventListener('click', () => void ask());
  }

  /** A first pick selects, a second one or one with Shift is about the comparison. */
  private pick(code: string | null, how: Picked): void {
    const { messages, numbers } = this.scene;
    if (isPublished) return void this.change({ area: code });
    const change = pickedOnMap(this.state.view.peek(), code, how);
    void this.change(change);
    const n = change.compared?.length;
    if (n !== undefined) this.notice.announce(messages.sayCount('comparison.count', n, { n: numbers.count(n) }));
  }

  /** Changes the view, the address bar with it, and fetches only what the change touches. */
  private async change(change: Partial<View>): Promise<void> {
    // Parts speak the language of the view, so its words must be here first.
    if (change.lang !== undefined) await learnWords(change.lang);
    const before = this.state.asked.peek();
    const next = changedView(before, change, this.scene.meta);
    await this.turnTo(next);
    this.offerUndo(before, next);
  }

  private turnTo(next: View): Promise<void> {
    const kind = changeBetween(this.state.asked.peek(), next);
    if (kind === 'step') this.notice.clearRemark();
    this.history.write(writeView(next), kind);
    return this.follow(next);
  }

  /** After a wide change the way back lies beside it, until the next step. */
  private offerUndo(before: View, next: View): void {
    const wide = wideChange(before, next);
    if (!wide || writeView(this.state.asked.peek()) !== writeView(next)) return;
    const { messages } = this.scene;
    const name = messages.pick(editionOf(this.scene)?.name);
    const offer = { label: messages.say('undo'), act: () => void this.turnTo(before) };
    const isCleared = before.area !== null && next.area === null;
    const sentences = [messages.say(`undo.${wide}`, { name }), isCleared ? messages.say('undo.cleared') : ''];
    this.notice.remark(sentences.filter(Boolean), messages.say('remark.close'), offer);
  }

  /** Follows an address of the history, or of a link that was opened or pasted into this tab; a link is followed whole. */
  private async followAddress(by: Followed): Promise<void> {
    if (new URLSearchParams(location.hash.slice(1)).has('token')) return location.reload();
    await learnWords(languageOf(location.hash));
    const before = this.state.asked.peek();
    const next = readView(location.hash, this.scene.meta);
    this.notice.clearRemark();
    if (by === 'history') this.selection.expect(next.area);
    const followed = this.follow(next);
    const isElsewhere = by === 'link' || JSON.stringify(before.camera) !== JSON.stringify(next.camera);
    // Other boundaries are framed when they come.
    if (isElsewhere && next.edition === before.edition) void this.map.look(sceneWith(this.scene, next, null));
    const fragment = location.hash;
    await followed;
    if (by === 'link') void this.sayFaults(fragment);
  }

  private async follow(next: View): Promise<void> {
    const { state } = this;
    const [asked, shown] = [state.asked.peek(), state.view.peek()];
    const isLoading = next.lang !== asked.lang || !isSameBasis(next, asked);
    let loaded: Promise<unknown> = Promise.resolve();
    batch(() => {
      askFor(state, next);
      if (next.lang !== asked.lang) {
        speak(next.lang);
        this.scene.answers.forget();
      }
      if (state.view.peek().area !== shown.area) this.selection.reset();
      // The requests are under way while the parts are drawn.
      if (isLoading) loaded = this.loading.load();
    });
    if (isLoading) return void (await loaded);
    const isOtherArea = state.view.peek().area !== shown.area;
    if (isOtherArea) this.selection.enter();
    if (next.leveling !== asked.leveling || isOtherArea) this.followZoom(this.map.zoomNow());
  }

  private async loaded(numbers: 'other' | 'renewed'): Promise<void> {
    const isSame = numbers === 'renewed' && this.selection.isOn(this.scene.view.area);
    if (isSame) this.selection.renew();
    else this.selection.reset();
    await this.drawing.settled();
    this.followZoom(this.map.zoomNow());
    if (isSame) return;
    if (this.scene.view.area === null) return;
    this.selection.enter();
  }

  /** What was asked for could not be had: address and map say again what is shown. */
  private steppedBack(asked: View): void {
    this.history.takeBack(writeView(asked), writeView(this.state.asked.peek()));
    this.drawing.unpreview();
  }

  /** A preview is over: its period becomes the view's, or the map goes back to it. */
  private async rest(period: Period): Promise<void> {
    this.insets.paint(null);
    if (isSamePeriod(period, this.scene.asked.period)) this.drawing.unpreview();
    else await this.change({ period });
    this.reframe('if-covered');
  }

  /** The whole edition again, as if the reader had never moved. */
  private home(): void {
    void this.change({ camera: null });
    this.map.home();
  }

  /**
   * Where the reader has not moved the map by hand, the whole province stays in view. While periods pass by, the map stands
   * still: the texts around it grow and shrink with each.
   */
  private reframe(how: 'anew' | 'if-covered'): void {
    if (this.scene.view.camera !== null || this.preview.isOn) return;
    if (how === 'anew') this.map.home();
    else void this.map.keepWhole(this.scene);
  }

  /** Where the level follows the zoom, the level of this zoom; not while something of the present level is chosen. */
  private followZoom(zoom: number | null): void {
    const { view, asked, style, messages } = this.scene;
    if (view.leveling !== 'zoom' || zoom === null || view.area !== null || view.compared.length > 0) return;
    const level = levelAt(style, editionOf(this.scene)?.levels ?? [], zoom);
    if (level === asked.level) return;
    this.notice.announce(messages.say('level.now', { level: messages.say(`level.${level}`) }));
    void this.change({ level });
  }

  private chooseScheme(choice: SchemeChoice): void {
    rememberScheme(choice);
    this.chosenScheme.value = choice;
    void this.showScheme();
  }

  /** Draws in the scheme that the choice and the device now ask for. */
  private async showScheme(): Promise<void> {
    const scheme = colourScheme();
    if (scheme === this.scheme) return;
    const style = await fetchStyle(scheme);
    this.scheme = scheme;
    document.documentElement.dataset['scheme'] = scheme;
    this.state.style.value = style;
  }
}
