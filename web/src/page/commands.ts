/** What the keys of the page do, and where the focus goes when a part closes: back to where it came from. */

import { gazetteerOf } from '../api/gazetteer';
import { withWords } from '../i18n/catalogue';
import type { BookmarksDialog } from '../parts/bookmarks/bookmarks_dialog';
import type { Header } from '../parts/header/header';
import type { Command } from '../parts/keyboard/keys';
import type { KeysDialog } from '../parts/keyboard/keys_dialog';
import type { RoleDialog } from '../parts/role/role_dialog';
import { areasOf, type Scene } from '../parts/scene';
import type { Sheet } from '../parts/sheet/sheet';
import { wallChange } from '../parts/wall/walling';
import { type Direction, nearest, neighbour, type LabelPoint } from '../view/find/neighbours';
import type { Mode } from '../view/view';
import type { MapStage } from './map_stage';
import { region } from '../parts/elements/dom';

/** What the commands act upon. */
export interface CommandTargets {
  scene: Scene;
  header: Header;
  map: MapStage;
  sheet: Sheet;
}

type Outcome = 'done' | 'passed';

const PAN_PX = 120;
const STEP: Record<Direction, [right: number, down: number]> = { north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] };
/** Where the focus goes in each mode. */
const MIDDLE: Record<Mode, string> = {
  map: '#map canvas',
  table: '#table [role=grid] [tabindex="0"]',
  compare: '#compare h2',
  situation: '#situation h2',
  desk: '#desk h2',
  reports: '#report-queue-title',
};

/** Runs the commands of keys and parts, and keeps the way back for the focus. */
export class Commands {
  /** Where the reader was before going into the panel. */
  private origin: HTMLElement | null = null;
  private keys: KeysDialog | null = null;
  private bookmarks: BookmarksDialog | null = null;
  private role: RoleDialog | null = null;

  constructor(private readonly targets: CommandTargets) {}

  /** Hears what parts ask of each other, and gets the names of neighbours ready when the map is entered. */
  listen(): void {
    document.addEventListener('binhyen:open', (event) => this.open((event as CustomEvent<string>).detail));
    document.addEventListener('binhyen:dialog', (event) => {
      const { detail } = event as CustomEvent<string>;
      if (detail === 'keys') void this.openKeys();
      if (detail === 'bookmarks') void this.openBookmarks();
      if (detail === 'role') void this.openRole();
      else if (detail === 'wall') this.run({ to: 'wall' });
    });
    region('map').addEventListener('focusin', () => void gazetteerOf(this.targets.scene.answers));
  }

  run(command: Command): Outcome {
    const { header, map } = this.targets;
    switch (command.to) {
      case 'search':
        header.openSearch();
        return 'done';
      case 'keys':
        void this.openKeys();
        return 'done';
      case 'bookmarks':
        void this.openBookmarks();
        return 'done';
      case 'wall':
        this.targets.scene.change(wallChange(this.targets.scene));
        return 'done';
      case 'zoom-in':
      case 'zoom-out':
        map.zoom(command.to === 'zoom-in' ? 1 : -1);
        return 'done';
      case 'mode':
        return this.turnTo(command.mode);
      case 'pan': {
        const [right, down] = STEP[command.direction];
        map.pan(right * PAN_PX, down * PAN_PX);
        return 'done';
      }
      case 'step':
        return this.step(command.direction);
      case 'read':
        return this.read();
      case 'back':
        return this.back();
    }
  }

  /** The list of keys is loaded when somebody first asks for it. */
  private async openKeys(): Promise<void> {
    const { KeysDialog } = await withWords(import('../parts/keyboard/keys_dialog'));
    this.keys ??= new KeysDialog();
    this.keys.open(this.targets.scene);
  }

  /** The reader's own views, loaded when somebody first asks for them. */
  private async openBookmarks(): Promise<void> {
    const { BookmarksDialog } = await withWords(import('../parts/bookmarks/bookmarks_dialog'));
    this.bookmarks ??= new BookmarksDialog(this.targets.scene);
    this.bookmarks.open();
  }

  /** Signing in, and what there is in a role, loaded when somebody first asks for it. */
  private async openRole(): Promise<void> {
    const { RoleDialog } = await withWords(import('../parts/role/role_dialog'));
    this.role ??= new RoleDialog(this.targets.scene);
    this.role.open();
  }

  private open(name: string): void {
    const { header, sheet } = this.targets;
    if (name === 'search') header.openSearch();
    else if (name === 'rail') {
      sheet.bring('rail');
      document.getElementById('sheet-title')?.focus();
    } else if (name === 'incidents') {
      sheet.bring('incidents');
      document.getElementById('sheet-title')?.focus();
    } else this.read();
  }

  private turnTo(mode: Mode): Outcome {
    const { scene } = this.targets;
    const { messages, view, change, announce } = scene;
    if (view.mode === mode) return 'done';
    change({ mode });
    announce(messages.say(`mode.${mode}`));
    this.focusMiddle();
    return 'done';
  }

  /** Goes to the middle of the page; to one that is still on its way as soon as it is there, if the reader still waits. */
  private focusMiddle(): void {
    const { mode } = this.targets.scene.view;
    const middle = document.querySelector<HTMLElement>(MIDDLE[mode]);
    if (middle) return middle.focus();
    const from = document.activeElement;
    const observer = new MutationObserver(() => {
      const arrived = document.querySelector<HTMLElement>(MIDDLE[mode]);
      if (!arrived && this.targets.scene.view.mode === mode) return;
      observer.disconnect();
      const now = document.activeElement;
      if (now === from || now === document.body) arrived?.focus();
    });
    const arrivals = { childList: true, subtree: true, attributeFilter: ['tabindex'] };
    observer.observe(region('stage').parentElement ?? document.body, arrivals);
  }

  /** Goes into the panel; Escape leads back here. */
  private read(): Outcome {
    const from = document.activeElement;
    this.origin = from instanceof HTMLElement && from !== document.body ? from : null;
    this.targets.sheet.bring('panel');
    document.getElementById('panel-title')?.focus();
    return 'done';
  }

  /** One step back: what lies open, then the selection, then the way of looking. */
  private back(): Outcome {
    const { scene, sheet } = this.targets;
    const { view, change } = scene;
    if (view.wall) {
      change({ wall: null });
      return 'done';
    }
    if (sheet.lay('rail') === 'laid' || sheet.lay('incidents') === 'laid') return 'done';
    if (view.area !== null) {
      change({ area: null });
      return 'done';
    }
    if (sheet.lay('panel') === 'laid') return 'done';
    return view.mode === 'map' ? 'passed' : this.turnTo('map');
  }

  /** The selection is gone, and with it perhaps the focus. */
  returnFocus(): void {
    const active = document.activeElement;
    if (active && active !== document.body && !active.closest('#panel')) return;
    if (active?.closest('#panel') || this.origin) {
      if (this.origin?.isConnected) this.origin.focus();
      else this.focusMiddle();
    }
    this.origin = null;
  }

  /** The areas on show with the points at which they carry their names. */
  private labelPoints(): LabelPoint[] {
    const scene = this.targets.scene;
    const shown = new Set(areasOf(scene).map((area) => area.code));
    const { edition, level } = scene.view;
    return (gazetteerOf(scene.answers)?.areas ?? []).flatMap((area) =>
      area.edition === edition && area.level === level && area.label && shown.has(area.code)
        ? [{ code: area.code, at: area.label }]
        : [],
    );
  }

  /** Chooses the next area in a direction; without a selection, the one in the middle of the map. */
  private step(direction: Direction): Outcome {
    const labelPoints = this.labelPoints();
    if (labelPoints.length === 0) return 'passed';
    const { view, messages, change, announce } = this.targets.scene;
    const here = labelPoints.find((item) => item.code === view.area);
    const centre = this.targets.map.centre();
    const next = here ? neighbour(labelPoints, here, direction) : centre && nearest(labelPoints, centre);
    if (next) change({ area: next.code });
    else announce(messages.say(`step.rim.${direction}`));
    return 'done';
  }
}
