import { describe, expect, it } from 'vitest';
import { EventParser, type ServerEvent } from '../../src/api/live/event_parser';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The events of `text`, read in pieces of `size` bytes. */
function eventsOf(text: string, size = Infinity, parser = new EventParser()): ServerEvent[] {
  const bytes = bytesOf(text);
  const events: ServerEvent[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length))
    events.push(...parser.read(bytes.subarray(at, Math.min(bytes.length, at + size))));
  return events;
}
const message = (data: string, id = ''): ServerEvent => ({ name: 'message', data, id });

describe('the examples of the standard', () => {
  it('data over several lines are one text', () => {
    expect(eventsOf('data: YHOO\ndata: +2\ndata: 10\n\n')).toEqual([message('YHOO\n+2\n10')]);
  });

  it('comments say nothing, an id is kept until it is emptied, and one space after the colon is not data', () => {
    const stream = ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n';
    expect(eventsOf(stream)).toEqual([message('first event', '1'), message('second event'), message(' third event')]);
  });

  it('empty data are data, and what no empty line ends is none', () => {
    expect(eventsOf('data\n\ndata\ndata\n\ndata:')).toEqual([message(''), message('\n')]);
  });
});

describe('fields', () => {
  it('an event has its name, and the next one has not', () => {
    const named: ServerEvent = { name: 'epoch', data: '{}', id: '7' };
    expect(eventsOf('event: epoch\nid: 7\ndata: {}\n\ndata: x\n\n')).toEqual([named, message('x', '7')]);
  });

  it('without data there is no event, but its id counts', () => {
    expect(eventsOf('event: epoch\nid: 9\n\ndata: x\n\n')).toEqual([message('x', '9')]);
  });

  it('an id with a null character and unknown fields are left', () => {
    expect(eventsOf('id: 1\u0000\nwhat: ever\nDATA: no\ndata: x\n\n')).toEqual([message('x')]);
  });

  it('goes on from the id of the stream before', () => {
    expect(eventsOf('data: x\n\n', Infinity, new EventParser('41'))).toEqual([message('x', '41')]);
  });

  it('the time to wait is taken where it is a number', () => {
    const parser = new EventParser();
    eventsOf('retry: soon\n', Infinity, parser);
    expect(parser.retryMs).toBeNull();
    eventsOf('retry: 3000\nretry: -1\n', Infinity, parser);
    expect(parser.retryMs).toBe(3000);
  });
});

describe('pieces', () => {
  const stream = ': Chào\r\nevent: epoch\r\nid: 12\r\ndata: {"name":"Phường Tam Kỳ 🌾"}\r\n\r\ndata: a\rdata: b\r\rdata: c\n\n';
  const expected: ServerEvent[] = [
    { name: 'epoch', data: '{"name":"Phường Tam Kỳ 🌾"}', id: '12' },
    message('a\nb', '12'),
    message('c', '12'),
  ];

  it('may be cut anywhere: within a letter, between CR and LF', () => {
    for (let size = 1; size <= bytesOf(stream).length; size += 1)
      expect(eventsOf(stream, size), `${size} bytes`).toEqual(expected);
  });

  it('a byte order mark at the beginning is no letter', () => {
    expect(eventsOf('\uFEFFdata: x\n\n', 1)).toEqual([message('x')]);
  });
});
