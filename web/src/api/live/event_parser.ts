/**
 * Server-Sent Events out of bytes, as the HTML standard reads them ("Server-sent events", 9.2.6). In: pieces of a body, cut
 * anywhere, within a letter too. Out: events. Whoever reads a stream by `fetch` needs this, because `EventSource` sends no
 * header, and the role travels in one.
 */

/** One event of a stream. */
export interface ServerEvent {
  /** What it is called; `message` where nothing was said. */
  name: string;
  data: string;
  /** The last id that was told, in this event or before; empty where none was. */
  id: string;
}

/** Lines end with CR LF, LF or CR. */
const LINE_END = /\r\n|\n|\r/;

/** Reads one stream from its beginning. */
export class EventParser {
  /** How long to wait before coming back, as the server last said; `null` where it did not. */
  retryMs: number | null = null;
  private readonly decoder = new TextDecoder();
  /** The line that has begun. */
  private rest = '';
  private name = '';
  private data: string[] = [];

  /** `id` is the last one of the stream before, which this one goes on from. */
  constructor(private id = '') {}

  /** The events that `bytes` complete. */
  read(bytes: Uint8Array): ServerEvent[] {
    this.rest += this.decoder.decode(bytes, { stream: true });
    const events: ServerEvent[] = [];
    for (let line = this.line(); line !== null; line = this.line()) {
      const event = line === '' ? this.dispatched() : this.field(line);
      if (event) events.push(event);
    }
    return events;
  }

  /** The next whole line. A CR at the very end waits: an LF that belongs to it may come. */
  private line(): string | null {
    const end = LINE_END.exec(this.rest);
    if (!end || (end[0] === '\r' && end.index === this.rest.length - 1)) return null;
    const line = this.rest.slice(0, end.index);
    this.rest = this.rest.slice(end.index + end[0].length);
    return line;
  }

  /** Takes in one line that is not empty. */
  private field(line: string): null {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.name = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return null;
  }

  /** What an empty line ends; nothing where there was no data. */
  private dispatched(): ServerEvent | null {
    const event = { name: this.name || 'message', data: this.data.join('\n'), id: this.id };
    const hasData = this.data.length > 0;
    this.name = '';
    this.data = [];
    return hasData ? event : null;
  }
}
