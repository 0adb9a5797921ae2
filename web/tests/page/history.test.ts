import { beforeEach, describe, expect, it } from 'vitest';
import { PageHistory } from '../../src/page/history';
import type { SheetName } from '../../src/parts/sheet/sheet';

/** A browser's history of one page, in which going back comes to pass when told. */
class FakeBrowser {
  entries: { state: unknown; hash: string }[] = [{ state: null, hash: '#a=0' }];
  at = 0;
  private readonly heard: Record<string, ((event: { state: unknown }) => void)[]> = {};
  private due: (() => void)[] = [];

  install(): void {
    const isOfBrowser = { configurable: true, writable: true };
    const parts = {
      location: { value: this.location, ...isOfBrowser },
      history: { value: this.history, ...isOfBrowser },
      addEventListener: { value: (name: string, run: () => void) => (this.heard[name] ??= []).push(run), ...isOfBrowser },
    };
    Object.defineProperties(globalThis, parts);
  }

  private get here(): { state: unknown; hash: string } {
    return this.entries[this.at] ?? { state: null, hash: '' };
  }

  private readonly location = Object.defineProperty({ pathname: '/', search: '' }, 'hash', { get: () => this.here.hash });

  private readonly history = Object.defineProperty(
    {
      replaceState: (state: unknown, _: string, hash: string) => (this.entries[this.at] = { state, hash }),
      pushState: (state: unknown, _: string, hash: string) => {
        this.entries = [...this.entries.slice(0, this.at + 1), { state, hash }];
        this.at += 1;
      },
      back: () => this.due.push(() => this.go(-1)),
    },
    'state',
    { get: () => this.here.state },
  );

  /** What the browser does by itself: a step back that the page asked for. */
  settle(): void {
    for (let run = this.due.shift(); run; run = this.due.shift()) run();
  }

  /** The reader goes through the history. */
  go(by: number): void {
    this.at += by;
    this.fire('popstate');
    this.fire('hashchange');
  }

  /** The reader pastes a link. */
  paste(hash: string): void {
    this.entries = [...this.entries.slice(0, this.at + 1), { state: null, hash }];
    this.at += 1;
    this.fire('popstate');
    this.fire('hashchange');
  }

  private fire(name: string): void {
    for (const run of this.heard[name] ?? []) run({ state: this.here.state });
  }

  get addresses(): string[] {
    return this.entries.map(({ hash, state }) => {
      const sheet = (state as { sheet: SheetName | null } | null)?.sheet;
      return sheet ? `${hash} ${sheet}` : hash;
    });
  }
}

let browser: FakeBrowser;
let told: string[];
let pages: PageHistory;

beforeEach(() => {
  browser = new FakeBrowser();
  browser.install();
  told = [];
  pages = new PageHistory({
    followed: (by) => told.push(`${by} ${location.hash}`),
    sheet: (name) => told.push(`sheet ${name}`),
  });
});

describe('the history of the page', () => {
  it('has an entry for each step, and none for a move', () => {
    pages.write('#a=1', 'step');
    pages.write('#a=1&at=1', 'move');
    pages.write('#a=2', 'step');
    pages.write('#a=2', 'step');
    expect(browser.addresses).toEqual(['#a=0', '#a=1&at=1', '#a=2']);
    browser.go(-1);
    expect(told).toEqual(['sheet null', 'history #a=1&at=1']);
    browser.go(1);
    expect(told.slice(2)).toEqual(['sheet null', 'history #a=2']);
  });

  it('knows that the sheet opened: Back closes it first, then undoes the step', () => {
    pages.write('#a=1', 'step');
    pages.sheetTurned('panel');
    expect(browser.addresses).toEqual(['#a=0', '#a=1', '#a=1 panel']);
    browser.go(-1);
    expect(told).toEqual(['sheet null']);
    browser.go(-1);
    expect(told.slice(1)).toEqual(['sheet null', 'history #a=0']);
  });

  it('puts a step below the open sheet', () => {
    pages.sheetTurned('rail');
    pages.write('#a=1', 'step');
    pages.write('#a=2', 'step');
    expect(browser.addresses).toEqual(['#a=0', '#a=1', '#a=2', '#a=2 rail']);
    browser.go(-1);
    expect(told).toEqual(['sheet null']);
  });

  it('keeps where the map was moved to when Back closes the sheet', () => {
    pages.sheetTurned('panel');
    pages.write('#a=0&at=1', 'move');
    browser.go(-1);
    expect(browser.addresses).toEqual(['#a=0&at=1', '#a=0&at=1 panel']);
    expect(told).toEqual(['sheet null']);
  });

  it('takes the entry of a sheet that was closed by hand away, and what is written meanwhile waits', () => {
    pages.sheetTurned('rail');
    pages.sheetTurned(null);
    pages.write('#a=1', 'step');
    expect(browser.addresses).toEqual(['#a=0', '#a=0 rail']);
    browser.settle();
    expect(browser.addresses).toEqual(['#a=0', '#a=1']);
  });

  it('takes back a step whose numbers cannot be had', () => {
    pages.write('#a=1', 'step');
    pages.takeBack('#a=1', '#a=0');
    browser.settle();
    expect([browser.at, told]).toEqual([0, []]);
  });

  it('writes what is shown over an address of the history that cannot be had', () => {
    pages.write('#a=1', 'step');
    browser.go(-1);
    pages.takeBack('#a=0', '#a=1');
    browser.settle();
    expect([browser.at, browser.addresses]).toEqual([0, ['#a=1', '#a=1']]);
  });

  it('follows a pasted link, and goes on from there', () => {
    pages.write('#a=1', 'step');
    browser.paste('#a=7');
    expect(told).toEqual(['sheet null', 'link #a=7']);
    pages.write('#a=8', 'step');
    browser.go(-1);
    expect(told.slice(2)).toEqual(['sheet null', 'history #a=7']);
  });
});
