/**
 * The page as a whole: holds the scene, changes it, asks the server for what the change needs, and draws the parts anew.
 * The order is always the same: view → requests → scene → parts. Parts never send requests themselves; what one needs
 * beyond the scene it names to `scene.answers`.
 */

import type { StyleSpecification } from 'maplibre-gl';
import { Answers } from '../api/answers';
import {
  fetchArea,
  fetchExplanation,
  fetchMeta,
  fetchRatings,
  fetchStyle,
  fetchTileJson,
  json,
  keptSince,
  Problem,
  speak,
  Unreachable,
} from '../api/client';
import { Explanations } from '../api/explanations';
import { watchEpoch } from '../api/live';
import { forgetToken, hasToken } from '../api/token';
import type { Meta, Ratings, TileJson } from '../api/types';
import { learnWords } from '../i18n/catalogue';
import { type MessageKey, messagesIn } from '../i18n/messages';
import { numbersIn } from '../i18n/numbers';
import { levelAt } from '../map/levels';
import { Comparison } from '../parts/compare/comparison';
import { controlParts } from '../parts/controls/controls';
import { refill } from '../parts/elements/element';
import { Header } from '../parts/header/header';
import { listenToKeys } from '../parts/keyboard/keys';
import { KeysDialog } from '../parts/keyboard/keys_dialog';
import { captionText, legendParts } from '../parts/legend/legend';
import { Notice } from '../parts/header/notice';
import { panelParts } from '../parts/panel/panel';
import { Paper } from '../parts/print/print';
import { editionOf, scaleOf, type Scene, selectedArea } from '../parts/scene';
import { Share } from '../parts/share/share';
import { Sheet } from '../parts/sheet/sheet';
import { TableTwin } from '../parts/table/table_twin';
import { Timeline } from '../parts/time/timeline';
import { PointedAt, toolParts } from '../parts/map/tools';
import { viewTabs } from '../parts/header/views';
import { type Picked, pickedOnMap } from '../view/compare/compared';
import { areaSentence } from '../view/text/sentence';
import { changedView, filterOf, isSamePeriod, type Period, languageOf, readView, type View, writeView } from '../view/view';
import { colourScheme, rememberScheme, type Scheme, schemeChoice, type SchemeChoice, watchScheme } from '../view/scheme';
import { Commands } from './commands';
import { MapStage } from './map_stage';
import { paintKey, PeriodPreview } from './preview';
import { place } from './regions';

/** Asks again without the token when it is no longer good: nobody is locked out of the public map. */
function orAsPublic<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    forgetToken();
    return ask();
  });
}

/** Whether parts other than the panel and the map show something else. */
function isDrawnOtherwise(before: View, next: View): boolean {
  const told: (keyof View)[] = ['theme', 'overlays', 'mode', 'compared', 'group', 'leveling'];
  return told.some((key) => before[key] !== next[key]) || !isSamePeriod(before.against, next.against);
}

export class Page {
  private tiles: TileJson | null = null;
  /** Whose numbers the tiles carry. */
  private tilesKey = '';
  private scheme: Scheme = colourScheme();
  private loading = new AbortController();
  private choosing = new AbortController();
  private readonly explanations = new Explanations(fetchExplanation);
  /** What stays said while all else is well. */
  private standing: MessageKey | null = null;
  /** The area that the panel shows. */
  private drawn: string | null = null;
  private loadedAt: Date | null = null;
  private connection: 'online' | 'offline' = 'online';
  private readonly notice = new Notice(place('notices'));
  private readonly sheet = new Sheet(document.body, place('sheet-bar'), () => this.reframe());
  private readonly header = new Header(place('header'), place('rail'));
  private readonly pointed = new PointedAt(place('pointed'));
  private readonly timeline = new Timeline(place('timeline'));
  private readonly table = new TableTwin(place('table'));
  private readonly share = new Share(document.body);
  private readonly comparison = new Comparison(place('compare'));
  private readonly map = new MapStage({
    picked: (code, how) => this.pick(code, how),
    pointedAt: (code, point) => this.pointed.show(this.scene, code, point),
    moved: (camera) => void this.change({ camera }),
    zoomed: (zoom) => this.followZoom(zoom),
    coveredBelowPx: () => this.sheet.coveredBelowPx(),
  });
  private readonly commands: Commands;
  private readonly preview = new PeriodPreview({
    scene: () => this.scene,
    ask: json,
    paint: (key, areas, classed) => {
      this.map.paint(this.scene, key, areas, classed);
      return this.map.painting();
    },
    held: (run) => {
      this.scene = { ...this.scene, run };
      this.drawAll();
    },
    rested: (period) => this.rest(period),
    began: () => this.tellState('playing'),
  });
  private redraw: number | null = null;
  private scene: Scene;

  private constructor(meta: Meta, style: StyleSpecification, scheme: Scheme) {
    const view = readView(location.hash, meta);
    this.scheme = scheme;
    this.scene = {
      meta,
      view,
      style,
      ratings: null,
      detail: null,
      explanation: 'waiting',
      run: null,
      preview: this.preview,
      attribution: '',
      answers: new Answers(json, () => this.drawSoon()),
      messages: messagesIn(view.lang),
      numbers: numbersIn(view.lang),
      change: (change) => void this.change(change),
      announce: (text) => this.notice.announce(text),
    };
    const { header, map, sheet } = this;
    this.commands = new Commands({ scene: () => this.scene, header, map, sheet, keys: new KeysDialog() });
  }

  /** Fetches what the page stands on, draws it, and keeps it fresh. */
  static async open(): Promise<Page> {
    const lang = languageOf(location.hash);
    speak(lang);
    const scheme = colourScheme();
    const hadToken = hasToken();
    const [meta, style] = await Promise.all([orAsPublic(fetchMeta), orAsPublic(() => fetchStyle(scheme)), learnWords(lang)]);
    const page = new Page(meta, style, scheme);
    if (hadToken && !hasToken()) page.standing = 'state.token';
    new Paper(place('print-head'), place('print-foot'), () => page.scene);
    page.drawAll();
    page.listen();
    await page.load();
    return page;
  }

  private listen(): void {
    addEventListener('hashchange', () => void this.follow(readView(location.hash, this.scene.meta)));
    listenToKeys((command) => this.commands.run(command));
    this.commands.listen();
    watchScheme(() => void this.showScheme());
    const ask = watchEpoch(this.scene.meta.epoch, {
      changed: () => void this.renew(),
      reachable: (state) => this.reachable(state),
    });
    place('notices').addEventListener('click', () => void ask());
  }

  /** A first pick selects, a second one or one with Shift is about the comparison. */
  private pick(code: string | null, how: Picked): void {
    const { view, messages, numbers } = this.scene;
    const change = pickedOnMap(view, code, how);
    void this.change(change);
    const n = change.compared?.length;
    if (n !== undefined) this.notice.announce(messages.sayCount('comparison.count', n, { n: numbers.count(n) }));
  }

  /** Changes the view, the address bar with it, and fetches only what the change touches. */
  async change(change: Partial<View>): Promise<void> {
    const next = changedView(this.scene.view, change, this.scene.meta);
    history.replaceState(null, '', writeView(next));
    await this.follow(next);
  }

  private async follow(next: View): Promise<void> {
    const before = this.scene.view;
    this.scene = { ...this.scene, view: next };
    if (next.lang !== before.lang) await this.translate();
    const needsLoad =
      next.lang !== before.lang || next.level !== before.level || filterOf(next).toString() !== filterOf(before).toString();
    if (needsLoad) {
      if (next.area !== before.area) this.scene.detail = null;
      // The requests are under way while the parts are drawn.
      const loaded = this.load();
      this.drawAll();
      await loaded;
      if (next.edition !== before.edition) this.map.frame(editionOf(this.scene)?.bounds ?? null);
      return;
    }
    if (next.area !== before.area) this.choose();
    if (isDrawnOtherwise(before, next)) this.drawAll();
    void this.drawMap();
    if (next.leveling !== before.leveling || next.area !== before.area) this.followZoom(this.map.zoomNow());
  }

  private async translate(): Promise<void> {
    const { lang } = this.scene.view;
    speak(lang);
    await learnWords(lang);
    this.scene.answers.forget();
    this.scene = { ...this.scene, messages: messagesIn(lang), numbers: numbersIn(lang) };
  }

  /** Ratings and tiles for the filter of the view. */
  private async load(): Promise<void> {
    this.loading.abort();
    const { signal } = (this.loading = new AbortController());
    const { view, meta, messages } = this.scene;
    if (meta.editions.length === 0) return this.notice.tell(messages.say('state.empty'));
    this.notice.busy('busy');
    try {
      const key = paintKey(this.scene);
      const [ratings, tiles] = await Promise.all([
        fetchRatings(view.level, filterOf(view), signal).then((answer) => this.coloured(answer, key, signal)),
        fetchTileJson('map', filterOf(view), signal),
      ]);
      this.loadedAt = keptSince() ?? new Date();
      [this.tiles, this.tilesKey] = [tiles, key];
      this.scene = { ...this.scene, ratings, attribution: tiles.attribution ?? '' };
      if (view.area !== null && !selectedArea(this.scene)) this.scene.view = { ...view, area: null };
      this.notice.tell(this.standing && messages.say(this.standing));
      this.notice.busy('idle');
      this.connection = 'online';
      if (keptSince()) this.reachable('offline');
      await this.drawLoaded();
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
  }

  /** The new colours are on the screen before anything else is drawn and any tile is asked for. */
  private async coloured(ratings: Ratings, key: string, signal: AbortSignal): Promise<Ratings> {
    if (signal.aborted || this.preview.isOn) return ratings;
    this.map.paint(this.scene, key, ratings.areas);
    await this.map.painting();
    return ratings;
  }

  /** A preview is over: its period becomes the view's, or the map goes back to it. */
  private rest(period: Period): void {
    if (isSamePeriod(period, this.scene.view.period)) {
      if (this.scene.ratings) this.map.paint(this.scene, paintKey(this.scene), this.scene.ratings.areas);
      void this.drawMap();
    } else void this.change({ period });
  }

  private tellState(state: 'drawing' | 'playing' | 'ready'): void {
    document.documentElement.dataset['state'] = this.preview.isOn ? 'playing' : state;
  }

  private async drawLoaded(): Promise<void> {
    this.drawAll();
    await this.drawMap();
    this.followZoom(this.map.zoomNow());
    if (this.scene.view.area !== null) this.choose();
  }

  private failed(error: unknown): void {
    this.notice.busy('idle');
    const { messages, meta, view } = this.scene;
    if (error instanceof Unreachable) return this.reachable('offline');
    if (error instanceof Problem && error.status === 401) {
      forgetToken();
      this.standing = 'state.token';
      return void this.renew();
    }
    this.notice.tell(messages.say('state.refused', { reason: error instanceof Error ? error.message : String(error) }));
    const refusedWindow =
      error instanceof Problem &&
      error.status === 403 &&
      !('window' in view.period && view.period.window === meta.default_window);
    if (refusedWindow) void this.change({ period: { window: meta.default_window }, categories: [], minSeverity: null });
  }

  private reachable(state: 'online' | 'offline'): void {
    const { messages, numbers } = this.scene;
    const wasOffline = this.connection === 'offline';
    this.connection = state;
    if (state === 'offline') {
      document.documentElement.dataset['state'] = 'offline';
      this.notice.tell(
        this.loadedAt
          ? messages.say('state.offline', { time: numbers.moment(this.loadedAt) })
          : messages.say('state.offline.first'),
      );
    } else if (wasOffline) {
      this.notice.tell(null);
      void this.load();
    }
  }

  /** The server's numbers changed: the same view on the new ones. */
  private async renew(): Promise<void> {
    const meta = await fetchMeta().catch((error: unknown) => this.failed(error));
    if (!meta) return;
    this.explanations.forget();
    this.scene.answers.forget();
    this.scene = { ...this.scene, meta, view: changedView(readView(writeView(this.scene.view), meta), {}, meta) };
    await this.load();
    this.notice.announce(this.scene.messages.say('state.updated'));
  }

  /** Shows the selected area: first what the list already knows, then its own answer. */
  private choose(): void {
    this.choosing.abort();
    const { signal } = (this.choosing = new AbortController());
    const { messages, view } = this.scene;
    const area = selectedArea(this.scene);
    if (this.scene.detail?.area.code !== view.area) this.scene = { ...this.scene, detail: null };
    const known = view.area === null ? null : this.explanations.known(view.edition, view.area, filterOf(view));
    this.scene = { ...this.scene, explanation: known ?? 'waiting' };
    this.table.mark(this.scene);
    this.header.search.follow(this.scene);
    this.drawPanel();
    // A comparison of nothing else is about the selected area.
    this.comparison.show(this.scene);
    this.sheet.show(this.scene);
    if (!area) {
      this.sheet.lay('panel');
      this.commands.returnFocus();
      return this.notice.announce(messages.say('said.cleared'));
    }
    this.sheet.bring('panel');
    this.notice.announce(
      messages.say('said.selected', { name: area.name, sentence: areaSentence(area, scaleOf(this.scene), this.scene) }),
    );
    void this.learn(area.code, signal);
    void this.explain(area.code, signal);
  }

  /** The area's own answer. */
  private async learn(code: string, signal: AbortSignal): Promise<void> {
    const { view } = this.scene;
    try {
      const detail = await fetchArea(view.edition, code, filterOf(view), signal);
      this.scene = { ...this.scene, detail };
      this.drawPanel();
      if (detail.bounds) this.map.reveal(detail.bounds);
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
  }

  /** Why the area has its letter. Without it the rest of the panel still stands, so it fails in its own place. */
  private async explain(code: string, signal: AbortSignal): Promise<void> {
    const { view } = this.scene;
    const explanation = await this.explanations.of(view.edition, code, filterOf(view), signal).catch(() => 'missing' as const);
    if (signal.aborted) return;
    this.scene = { ...this.scene, explanation };
    this.drawPanel();
  }

  private async drawMap(): Promise<void> {
    if (!this.tiles) return;
    // A map that nobody sees needs neither its library nor its tiles; a hidden one cannot be framed.
    if (this.scene.view.mode !== 'map') return this.tellState('ready');
    this.tellState('drawing');
    const outcome = await this.map.draw(this.scene, this.tiles, this.tilesKey);
    if (outcome === 'unable') this.notice.tell(this.scene.messages.say('state.nowebgl'));
    if (outcome !== 'overtaken') this.tellState('ready');
  }

  /** Where the reader has not moved the map by hand, the whole province stays in sight. */
  private reframe(): void {
    if (this.scene.view.camera === null) this.map.home();
  }

  /** Another area is read from its top; what comes later to the same one moves nothing. */
  private drawPanel(): void {
    const panel = place('panel');
    const { area } = this.scene.view;
    const top = area === this.drawn ? panel.scrollTop : 0;
    this.drawn = area;
    refill(panel, ...panelParts(this.scene));
    panel.scrollTop = top;
  }

  /** What parts asked for has come: everything is drawn once, however many answers came together. */
  private drawSoon(): void {
    this.redraw ??= requestAnimationFrame(() => {
      this.redraw = null;
      this.drawAll();
    });
  }

  private drawAll(): void {
    const { scene } = this;
    const { messages } = scene;
    document.body.dataset['mode'] = scene.view.mode;
    document.documentElement.lang = scene.view.lang;
    document.title = `Bình Yên · ${messages.say('title')}`;
    document.documentElement.dataset['scheme'] = this.scheme;
    this.header.show(scene, {
      scheme: schemeChoice(),
      chooseScheme: (choice) => this.chooseScheme(choice),
      leaveRole: hasToken() ? () => this.leaveRole() : null,
    });
    refill(place('controls'), ...controlParts(scene));
    refill(place('legend'), ...legendParts(scene));
    place('caption').textContent = captionText(scene);
    refill(
      place('tools'),
      ...toolParts(scene, {
        zoom: (by) => this.map.zoom(by),
        home: () => this.map.home(),
      }),
    );
    for (const name of ['controls', 'panel', 'table', 'compare', 'timeline', 'views'] as const)
      place(name).setAttribute('aria-label', messages.say(name));
    this.sheet.show(scene);
    refill(place('views'), ...viewTabs(scene));
    this.table.show(scene);
    this.comparison.show(scene);
    this.share.show(scene);
    this.timeline.show(scene);
    this.drawPanel();
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
    void this.showScheme();
  }

  /** Draws in the scheme that the choice and the device now ask for. */
  private async showScheme(): Promise<void> {
    const scheme = colourScheme();
    if (scheme === this.scheme) return;
    const style = await fetchStyle(scheme);
    this.scheme = scheme;
    this.scene = { ...this.scene, style };
    this.drawAll();
    await this.drawMap();
  }

  private leaveRole(): void {
    forgetToken();
    location.reload();
  }
}
