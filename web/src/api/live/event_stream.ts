/**
 * A stream of events that is kept open while the page is looked at. It ends while the page is hidden, so that a browser,
 * which has few lines to one server, spends none on tabs that nobody sees; it goes on after the last event, waits longer
 * after each failure, and ends for good when the token is not taken.
 */

import { problemOf, type Problem } from '../client';
import { roleHeaders } from '../token';
import { EventParser, type ServerEvent } from './event_parser';

/** What is heard of a stream. */
export interface StreamListener {
  event(event: ServerEvent): void;
  /** The line is open, and something came: an event or a sign of life. */
  alive(): void;
  /** The line is not open (any more); it is tried again. */
  down(): void;
  /** The token was not taken; the stream has ended for good. */
  refused(problem: Problem): void;
}

/** What a stream needs of the browser. */
export interface StreamSurroundings {
  fetch(url: string, init: RequestInit): Promise<Response>;
  isHidden(): boolean;
  /** Calls back when the page is hidden or shown, and when there is a network again. */
  onTurn(turned: () => void): void;
  /** From 0 to below 1. */
  random(): number;
}

const BROWSER: StreamSurroundings = {
  fetch: (url, init) => fetch(url, init),
  isHidden: () => document.hidden,
  onTurn: (turned) => {
    document.addEventListener('visibilitychange', turned);
    addEventListener('online', turned);
  },
  random: () => Math.random(),
};

/** Where the server says nothing else. */
const RETRY_MS = 3_000;
const MOST_RETRY_MS = 60_000;
/** The server shows a sign of life every fifteen seconds: without two of them the line is dead, or somebody between gathers. */
const SILENT_MS = 40_000;

/** Whether an answer is a stream of events. */
function isStream({ ok, headers }: Response): boolean {
  return ok && (headers.get('Content-Type') ?? '').startsWith('text/event-stream');
}

/** The stream at one address. */
export class EventStream {
  private aborter: AbortController | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private retryMs = RETRY_MS;
  private isOver = false;

  /** `lastId` names the state that the listener knows. */
  constructor(
    private readonly url: string,
    private lastId: string,
    private readonly listener: StreamListener,
    private readonly around: StreamSurroundings = BROWSER,
  ) {
    around.onTurn(() => this.turn());
    this.turn();
  }

  /** Ends the stream for good. */
  end(): void {
    this.isOver = true;
    this.turn();
  }

  /** Opens the stream or lets go of it, as the page is shown or hidden. */
  private turn(): void {
    clearTimeout(this.again);
    if (this.isOver || this.around.isHidden()) {
      this.aborter?.abort();
      this.aborter = null;
    } else if (!this.aborter) void this.listen();
  }

  /** Listens until the line ends, and comes back. */
  private async listen(): Promise<void> {
    const aborter = (this.aborter = new AbortController());
    try {
      await this.hear(aborter);
    } catch {
      // However a line ends, it is tried again.
    }
    clearTimeout(this.silence);
    // Another one was begun meanwhile, or none is wanted.
    if (this.aborter !== aborter) return;
    this.aborter = null;
    if (this.isOver) return;
    this.listener.down();
    this.again = setTimeout(() => this.turn(), this.waitMs());
    this.failures += 1;
  }

  /** Twice as long after each failure, and for no two pages the same, so that not all come back at once. */
  private waitMs(): number {
    return Math.min(MOST_RETRY_MS, this.retryMs * 2 ** this.failures) * (0.5 + this.around.random());
  }

  private async hear(aborter: AbortController): Promise<void> {
    const { url, lastId, listener } = this;
    const known = lastId === '' ? {} : { 'Last-Event-ID': lastId };
    const headers = { Accept: 'text/event-stream', ...known, ...roleHeaders(url) };
    this.expectSoon(aborter);
    const response = await this.around.fetch(url, { headers, cache: 'no-store', signal: aborter.signal });
    if (response.status === 401) {
      const problem = await problemOf(response);
      if (aborter.signal.aborted) return;
      this.end();
      return listener.refused(problem);
    }
    if (!isStream(response) || !response.body) return aborter.abort();
    listener.alive();
    await this.read(response.body.getReader(), aborter);
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>, aborter: AbortController): Promise<void> {
    const parser = new EventParser(this.lastId);
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (aborter.signal.aborted) return;
      this.expectSoon(aborter);
      this.failures = 0;
      const events = parser.read(piece.value);
      this.retryMs = parser.retryMs ?? this.retryMs;
      this.listener.alive();
      for (const event of events) {
        this.lastId = event.id;
        this.listener.event(event);
      }
    }
  }

  /** Gives the line up where nothing comes for too long. */
  private expectSoon(aborter: AbortController): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => aborter.abort(), SILENT_MS);
  }
}
