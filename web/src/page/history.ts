/**
 * The entries of the page in the browser's history. Each carries its number and the part that lay open on a phone's sheet. An
 * open sheet has an entry of its own on top of that of its view, so that Back closes the sheet first; a step that is taken
 * while it is open goes below it. So the entry of an open sheet is always the last one.
 */

import type { SheetName } from '../parts/sheet/sheet';
import type { Change } from '../view/steps';

interface Entry {
  binhyen: number;
  sheet: SheetName | null;
}

/** How the reader came to another address: through the history, or by a link in the open tab. */
export type Followed = 'history' | 'link';

/** What the page does when the reader goes through its history. */
export interface HistoryListener {
  /** The address is another one. */
  followed(by: Followed): void;
  /** The sheet is to lie open with this part, or not at all. */
  sheet(name: SheetName | null): void;
}

function entryOf(state: unknown): Entry | null {
  return typeof (state as Partial<Entry> | null)?.binhyen === 'number' ? (state as Entry) : null;
}

/** The part of the browser's history that belongs to this page. */
export class PageHistory {
  private entry: Entry;
  private address = '';
  /** What was to be written while the browser was still on its way back. */
  private waiting: (() => void)[] | null = null;
  /** The address of the step that was written last, and of the view before it. */
  private lastStep: { from: string; to: string } | null = null;

  constructor(private readonly listener: HistoryListener) {
    this.entry = entryOf(history.state) ?? { binhyen: 0, sheet: null };
    // A page that is opened anew begins with its sheet down.
    this.replace({ ...this.entry, sheet: null }, location.hash);
    addEventListener('popstate', (event) => this.popped(event));
    addEventListener('hashchange', () => this.typed());
  }

  /** Writes an address: as an entry of its own where it is a step. */
  write(address: string, change: Change): void {
    this.whenBack(() => {
      if (change === 'move' || address === location.hash) return this.replace(this.entry, address);
      const { binhyen, sheet } = this.entry;
      this.lastStep = { from: location.hash, to: address };
      if (sheet === null) return this.push({ binhyen: binhyen + 1, sheet: null }, address);
      this.replace({ binhyen, sheet: null }, address);
      this.push({ binhyen: binhyen + 1, sheet }, address);
    });
  }

  /** The step to `failed` came to nothing: its entry goes where it is the last one, else it says what is shown. */
  takeBack(failed: string, shown: string): void {
    this.whenBack(() => {
      const { lastStep, entry } = this;
      this.lastStep = null;
      const isLast = location.hash === failed && lastStep?.to === failed && lastStep.from === shown && entry.sheet === null;
      if (isLast) this.goBack();
      else this.replace(entry, shown);
    });
  }

  /** The reader opened the sheet with a part, or closed it. */
  sheetTurned(name: SheetName | null): void {
    this.whenBack(() => {
      const { entry } = this;
      if (name === entry.sheet) return;
      if (name === null) this.goBack();
      else if (entry.sheet === null) this.push({ binhyen: entry.binhyen + 1, sheet: name }, location.hash);
      else this.replace({ ...entry, sheet: name }, location.hash);
    });
  }

  private whenBack(run: () => void): void {
    if (this.waiting) this.waiting.push(run);
    else run();
  }

  private goBack(): void {
    this.waiting = [];
    history.back();
  }

  private replace(entry: Entry, address: string): void {
    this.entry = entry;
    this.address = address;
    history.replaceState(entry, '', address || location.pathname + location.search);
  }

  private push(entry: Entry, address: string): void {
    this.entry = entry;
    this.address = address;
    history.pushState(entry, '', address);
  }

  private popped({ state }: PopStateEvent): void {
    const next = entryOf(state);
    // An address that was typed or pasted has no entry of ours yet; `hashchange` tells of it.
    if (!next) return;
    const { entry: before, waiting, address } = this;
    this.entry = next;
    this.address = location.hash;
    this.waiting = null;
    const isSheetClosed = before.sheet !== null && next.sheet === null && next.binhyen === before.binhyen - 1;
    if (isSheetClosed) {
      // Below a sheet lies the same view, perhaps from before the map was moved.
      this.replace(next, address);
      this.listener.sheet(null);
    } else if (!waiting) this.followed(next);
    waiting?.forEach((run) => run());
  }

  private followed({ sheet }: Entry): void {
    this.listener.sheet(sheet);
    this.listener.followed('history');
  }

  private typed(): void {
    if (entryOf(history.state)) return;
    this.replace({ binhyen: this.entry.binhyen + 1, sheet: null }, location.hash);
    this.listener.sheet(null);
    this.listener.followed('link');
  }
}
