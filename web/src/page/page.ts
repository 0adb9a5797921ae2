/**
 * The page as a whole: joins state, map and parts, and turns each change of the view into what it takes. The order is always
 * the same: view → requests → state → parts. Parts never send requests themselves; what one needs beyond the scene it names
 * to `scene.answers`.
 */

import { batch, signal } from '@preact/signals-core';
import { Answers } from '../api/answers';
import { fetchExplanation, fetchStyle, json, speak } from '../api/client';
import { Explanations } from '../api/explanations';
import { watchEpoch } from '../api/live';
import { forgetToken, hasToken } from '../api/token';
import { learnWords } from '../i18n/catalogue';
import type { MessageKey } from '../i18n/messages';
import { levelAt } from '../map/levels';
import { region } from '../parts/elements/dom';
import { Header } from '../parts/header/header';
import { Notice } from '../parts/header/notice';
import { listenToKeys } from '../parts/keyboard/keys';
import { PointedAt } from '../parts/map/tools';
import { listenForPrinting } from '../parts/print/printing';
import { editionOf, type Scene } from '../parts/scene';
import { Sheet } from '../parts/sheet/sheet';
import { type Picked, pickedOnMap } from '../view/compare/compared';
import { colourScheme, rememberScheme, type Scheme, schemeChoice, type SchemeChoice, watchScheme } from '../view/scheme';
import { changedView, filterOf, isSamePeriod, languageOf, type Period, readView, type View, writeView } from '../view/view';
import { Commands } from './commands';
import { Loading } from './loading';
import { MapDrawing } from './map_drawing';
import { MapStage } from './map_stage';
import { mountParts } from './mounting';
import { PeriodPreview } from './preview';
import { Selection } from './selection';
import { type Beginning, type PageState, sceneOver, showView, stateFrom } from './state';

/** Whether another view needs other ratings and tiles. */
function needsLoading(before: View, next: View): boolean {
  return next.lang !== before.lang || next.level !== before.level || filterOf(next).toString() !== filterOf(before).toString();
}

/** Everything that lives as long as the page. */
export class Page {
  private readonly state: PageState;
  private readonly scene: Scene;
  private readonly chosenScheme = signal<SchemeChoice>(schemeChoice());
  private readonly notice = new Notice(region('notices'));
  private readonly pointed = new PointedAt(region('pointed'));
  private readonly sheet: Sheet;
  private readonly map: MapStage;
  private readonly drawing: MapDrawing;
  private readonly loading: Loading;
  private readonly selection: Selection;
  private readonly commands: Commands;

  constructor(
    beginning: Beginning,
    private scheme: Scheme,
  ) {
    document.documentElement.dataset['scheme'] = scheme;
    this.state = stateFrom(beginning);
    const preview = this.previewOfPeriods();
    this.scene = sceneOver(this.state, {
      answers: new Answers(json),
      preview,
      change: (change) => void this.change(change),
      announce: (text) => this.notice.announce(text),
    });
    this.sheet = new Sheet(this.scene, document.body, region('sheet-bar'), () => this.reframe());
    this.map = this.stage();
    const { state, scene, map, notice, sheet } = this;
    const explanations = new Explanations(fetchExplanation);
    this.drawing = new MapDrawing({ state, scene, map, notice, preview });
    this.loading = new Loading({ state, scene, map, notice, preview, explanations, loaded: () => this.loaded() });
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
    mountParts(this.scene, { zoom: (by) => this.map.zoom(by), home: () => this.map.home() });
    this.drawing.follow();
    this.listen();
    const preparePaper = listenForPrinting(this.scene);
    await this.loading.load();
    preparePaper();
  }

  private stage(): MapStage {
    return new MapStage({
      picked: (code, how) => this.pick(code, how),
      pointedAt: (code, point) => this.pointed.show(this.scene, code, point),
      moved: (camera) => void this.change({ camera }),
      zoomed: (zoom) => this.followZoom(zoom),
      coveredBelowPx: () => this.sheet.coveredBelowPx(),
    });
  }

  private header(): Header {
    return new Header(this.scene, region('header'), region('rail'), {
      scheme: () => this.chosenScheme.value,
      chooseScheme: (choice) => this.chooseScheme(choice),
      leaveRole: () => (hasToken() ? () => this.leaveRole() : null),
    });
  }

  private previewOfPeriods(): PeriodPreview {
    return new PeriodPreview({
      scene: () => this.scene,
      ask: json,
      paint: (key, areas, classed) => {
        this.map.paint(this.scene, key, areas, classed);
        return this.map.painting();
      },
      held: (run) => (this.state.run.value = run),
      rested: (period) => this.rest(period),
      began: () => this.drawing.mark('playing'),
    });
  }

  private listen(): void {
    addEventListener('hashchange', () => void this.followAddress());
    listenToKeys((command) => this.commands.run(command));
    this.commands.listen();
    watchScheme(() => void this.showScheme());
    const ask = watchEpoch(this.scene.meta.epoch, {
      changed: () => void this.loading.renew(),
      reachable: (state) => this.loading.reachable(state),
    });
    region('notices').addEventListener('click', () => void ask());
  }

  /** A first pick selects, a second one or one with Shift is about the comparison. */
  private pick(code: string | null, how: Picked): void {
    const { messages, numbers } = this.scene;
    const change = pickedOnMap(this.state.view.peek(), code, how);
    void this.change(change);
    const n = change.compared?.length;
    if (n !== undefined) this.notice.announce(messages.sayCount('comparison.count', n, { n: numbers.count(n) }));
  }

  /** Changes the view, the address bar with it, and fetches only what the change touches. */
  private async change(change: Partial<View>): Promise<void> {
    // Parts speak the language of the view, so its words must be here first.
    if (change.lang !== undefined) await learnWords(change.lang);
    const next = changedView(this.state.view.peek(), change, this.scene.meta);
    history.replaceState(null, '', writeView(next));
    await this.follow(next);
  }

  private async followAddress(): Promise<void> {
    await learnWords(languageOf(location.hash));
    await this.follow(readView(location.hash, this.scene.meta));
  }

  private async follow(next: View): Promise<void> {
    const before = this.state.view.peek();
    const isOtherArea = next.area !== before.area;
    if (needsLoading(before, next)) return this.followWithRequests(before, next);
    batch(() => {
      showView(this.state, next);
      if (isOtherArea) this.selection.reset();
    });
    if (isOtherArea) this.selection.enter();
    if (next.leveling !== before.leveling || isOtherArea) this.followZoom(this.map.zoomNow());
  }

  private async followWithRequests(before: View, next: View): Promise<void> {
    let loaded = Promise.resolve();
    batch(() => {
      showView(this.state, next);
      if (next.lang !== before.lang) {
        speak(next.lang);
        this.scene.answers.forget();
      }
      if (next.area !== before.area) this.state.detail.value = null;
      // The requests are under way while the parts are drawn.
      loaded = this.loading.load();
    });
    await loaded;
    if (next.edition !== before.edition) this.map.frame(editionOf(this.scene)?.bounds ?? null);
  }

  private async loaded(): Promise<void> {
    await this.drawing.settled();
    this.followZoom(this.map.zoomNow());
    if (this.scene.view.area === null) return;
    this.selection.reset();
    this.selection.enter();
  }

  /** A preview is over: its period becomes the view's, or the map goes back to it. */
  private rest(period: Period): void {
    if (isSamePeriod(period, this.scene.view.period)) this.drawing.unpreview();
    else void this.change({ period });
  }

  /** Where the reader has not moved the map by hand, the whole province stays in view. */
  private reframe(): void {
    if (this.scene.view.camera === null) this.map.home();
  }

  /** Where the level follows the zoom, the level of this zoom; not while something of the present level is chosen. */
  private followZoom(zoom: number | null): void {
    const { view, style, messages } = this.scene;
    if (view.leveling !== 'zoom' || zoom === null || view.area !== null || view.compared.length > 0) return;
    const level = levelAt(style, editionOf(this.scene)?.levels ?? [], zoom);
    if (level === view.level) return;
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

  private leaveRole(): void {
    forgetToken();
    location.reload();
  }
}
