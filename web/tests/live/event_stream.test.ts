import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAsPublic } from '../../src/api/token';
import { EventStream, type StreamSurroundings } from '../../src/api/live/event_stream';

/** One request of the stream: what it asked, and the line by which it is answered. */
interface Request {
  headers: Record<string, string>;
  signal: AbortSignal;
  answer(response: Response): void;
  fail(): void;
}

interface Line {
  response: Response;
  send(text: string): Promise<void>;
  close(): void;
}

function line(): Line {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (own) => void (controller = own) });
  const response = new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
  const send = async (text: string): Promise<void> => {
    controller.enqueue(new TextEncoder().encode(text));
    await settled();
  };
  return { response, send, close: () => controller.close() };
}

/** Lets everything that waits for nothing but its turn go on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await vi.advanceTimersByTimeAsync(0);
}

/** A stream whose requests the test answers. */
function bench(lastId = '5'): {
  requests: Request[];
  heard: string[];
  show(isShown: boolean): Promise<void>;
  stream: EventStream;
} {
  const requests: Request[] = [];
  const heard: string[] = [];
  let isHidden = false;
  let turned = (): void => undefined;
  const around: StreamSurroundings = {
    fetch: (_, init) =>
      new Promise((resolve, reject) => {
        const signal = init.signal as AbortSignal;
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        const headers = init.headers as Record<string, string>;
        requests.push({ headers, signal, answer: resolve, fail: () => reject(new TypeError('network')) });
      }),
    isHidden: () => isHidden,
    onTurn: (listener) => void (turned = listener),
    random: () => 0.5,
  };
  const stream = new EventStream(
    'https://example.vn/events',
    lastId,
    {
      event: ({ name, data }) => heard.push(`${name} ${data}`),
      alive: () => heard.push('alive'),
      down: () => heard.push('down'),
      refused: ({ status }) => heard.push(`refused ${status}`),
    },
    around,
  );
  const show = async (isShown: boolean): Promise<void> => {
    isHidden = !isShown;
    turned();
    await settled();
  };
  return { requests, heard, show, stream };
}

const epoch = (number: number): string => `event: epoch\nid: ${number}\ndata: ${number}\n\n`;

askAsPublic();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stream that is kept open', () => {
  it('begins with what the page knows and tells what comes', async () => {
    const { requests, heard } = bench();
    expect(requests[0]?.headers['Last-Event-ID']).toBe('5');
    const { response, send } = line();
    requests[0]?.answer(response);
    await settled();
    await send(epoch(6));
    expect(heard).toEqual(['alive', 'alive', 'epoch 6']);
  });

  it('lets go of the line while the page is hidden, and goes on after the last event', async () => {
    const { requests, heard, show } = bench();
    const { response, send } = line();
    requests[0]?.answer(response);
    await settled();
    await send(epoch(8));
    await show(false);
    expect(requests[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests.length).toBe(1);
    await show(true);
    expect(requests.length).toBe(2);
    expect(requests[1]?.headers['Last-Event-ID']).toBe('8');
    expect(heard).not.toContain('down');
  });

  it('waits twice as long after each failure, a minute at most, and as the server says once it speaks again', async () => {
    const { requests, heard } = bench();
    const waits: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      requests.at(-1)?.fail();
      await settled();
      const [before, began] = [requests.length, Date.now()];
      while (requests.length === before) await vi.advanceTimersByTimeAsync(500);
      waits.push(Date.now() - began);
    }
    expect(waits).toEqual([3000, 6000, 12_000, 24_000, 48_000, 60_000]);
    expect(heard).toEqual(Array.from({ length: 6 }, () => 'down'));
    const { response, send, close } = line();
    requests.at(-1)?.answer(response);
    await settled();
    await send(`retry: 1000\n${epoch(6)}`);
    close();
    await settled();
    await vi.advanceTimersByTimeAsync(999);
    expect(requests.length).toBe(7);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests.length).toBe(8);
  });

  it('gives up a line on which nothing comes, but not one that shows signs of life', async () => {
    const { requests, heard } = bench();
    const { response, send } = line();
    requests[0]?.answer(response);
    await settled();
    for (let turn = 0; turn < 8; turn += 1) {
      await vi.advanceTimersByTimeAsync(15_000);
      await send(':\n\n');
    }
    expect(requests[0]?.signal.aborted).toBe(false);
    expect(heard.filter((what) => what === 'alive').length).toBe(9);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('takes a page of somebody between for a failure', async () => {
    const { requests, heard } = bench();
    requests[0]?.answer(new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }));
    await settled();
    expect(heard).toEqual(['down']);
    await vi.advanceTimersByTimeAsync(3000);
    expect(requests.length).toBe(2);
  });

  it('ends for good where the token is not taken', async () => {
    const { requests, heard, show } = bench();
    requests[0]?.answer(new Response('{"title":"Hết hạn"}', { status: 401 }));
    await settled();
    expect(heard).toEqual(['refused 401']);
    await show(false);
    await show(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests.length).toBe(1);
  });

  it('is over when it is ended', async () => {
    const { requests, stream } = bench();
    stream.end();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true]);
  });
});
