import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../src/api/roles/desk';
import { messagesIn } from '../../../src/i18n/messages';
import { numbersIn } from '../../../src/i18n/numbers';
import { fileSize, span } from '../../../src/view/desk/amounts';
import { healthLines } from '../../../src/view/desk/health';
import { answer, named, type Part } from '../../answers';

const [vi, en] = [messagesIn('vi'), messagesIn('en')];
const [viNumbers, enNumbers] = [numbersIn('vi'), numbersIn('en')];

const calm: Part<Desk> = {
  ready: true,
  version: '1.2.3',
  started_at: '2026-01-05T02:00:00Z',
  uptime_s: 7_300,
  resident_bytes: 412_000_000,
  connections: { open: 1, refused: 0 },
  store: { condition: 'in_order', latency_s: 0.0008, bytes: 48_300_000, import_held_back: false },
  data: {
    epoch: 41,
    public_epoch: 39,
    sample: false,
    incidents: 12_980,
    models: 640,
    editions: [{ id: '2025-07', name: named('Từ 7/2025'), areas: { commune: 78 } }],
    release: { number: 3, made_on: '2026-01-15' },
    first_release_due: null,
  },
  work: [{ pool: 'public', running: 1, waiting: 0, refused: 0 }],
  last_import: { ended_at: '2026-01-05T02:00:00Z', name: named('vụ việc'), rows: { rejected: 0 } },
};

function lines(change: Part<Desk> = {}, messages = vi, numbers = viNumbers): string[] {
  return healthLines(answer<Desk>({ ...calm, ...change }), messages, numbers).map(({ care, text }) => `${care}: ${text}`);
}
const where = (said: string[], words: RegExp): string | undefined => said.find((line) => words.test(line));

describe('the state of the server in sentences', () => {
  it('is in order where nothing has to be looked after', () => {
    const said = lines();
    expect(said.filter((line) => !line.startsWith('good: '))).toEqual([]);
    expect(said).toContain('good: Kho dữ liệu đọc được. Chiếm 48,3\u00a0MB trên đĩa. Trả lời trong 1 ms.');
    expect(said).toContain('good: Đang phục vụ bản dữ liệu 41: 12.980 vụ việc, 640 mô hình. Công chúng xem bản 39.');
    expect(said).toContain('good: Từ 7/2025: 78 xã, phường.');
    expect(said).toContain('good: Bản công bố mới nhất: số 3, ngày 15/01/2026.');
    expect(lines({}, en, enNumbers)).toContain('good: Memory 412\u00a0MB. 1 connection is open.');
  });

  it('says of each fault of the store what to do', () => {
    for (const condition of ['gone', 'replaced', 'unreadable', 'slow', 'behind'] as const) {
      const [, store] = lines({ store: { ...calm.store, condition } });
      expect(store, condition).toMatch(/^bad: .+(:|\.)/);
    }
    expect(where(lines({ store: { ...calm.store, condition: 'replaced' } }), /khởi động lại/)).toBeDefined();
    expect(lines({ ready: false })[0]).toMatch(/^bad: /);
  });

  it('tells what came in, what was held back and what was rejected', () => {
    const rejected = lines({ last_import: { ...calm.last_import, rows: { rejected: 12 } } });
    expect(where(rejected, /12 hàng bị từ chối/)).toMatch(/^note: /);
    expect(where(lines({ store: { ...calm.store, import_held_back: true } }), /chưa kết thúc/)).toMatch(/^note: /);
    expect(where(lines({ last_import: null }), /Chưa ghi lại lượt nhập nào/)).toMatch(/^note: /);
  });

  it('does without what is not there', () => {
    expect(where(lines({ data: null }), /Chưa có dữ liệu/)).toMatch(/^bad: /);
    const empty = { ...calm.data, editions: [], release: null, first_release_due: null };
    expect(where(lines({ data: empty }), /Chưa nhập địa giới/)).toMatch(/^note: /);
    expect(where(lines({ data: empty }), /Chưa công bố lần nào\.$/)).toMatch(/^note: /);
    expect(where(lines({ data: { ...empty, first_release_due: '2026-02-15' } }), /15\/02\/2026/)).toMatch(/^note: /);
    expect(where(lines({ resident_bytes: null }), /kết nối/)).toBe('good: 1 kết nối đang mở.');
    const bare = { ...calm.store, bytes: null, latency_s: null };
    expect(lines({ store: bare })[1]).toBe('good: Kho dữ liệu đọc được.');
  });

  it('adds up the pools of work', () => {
    const pool = (waiting: number, refused: number): Part<Desk['work'][number]> => ({ pool: 'x', running: 0, waiting, refused });
    expect(where(lines({ work: [pool(1, 0), pool(2, 0)] }), /3 việc đang chờ/)).toMatch(/^note: /);
    expect(where(lines({ work: [pool(1, 4), pool(2, 1)] }), /từ chối 5 yêu cầu/)).toMatch(/^note: /);
    expect(where(lines({ work: [] }), /Không việc nào phải chờ/)).toMatch(/^good: /);
  });
});

describe('amounts', () => {
  it('of bytes have the largest unit of which there is one', () => {
    const sizes = [0, 999, 1_000, 48_300_000, 412_000_000, 2_500_000_000].map((bytes) => fileSize(bytes, viNumbers));
    expect(sizes).toEqual(['0\u00a0B', '999\u00a0B', '1,0\u00a0kB', '48,3\u00a0MB', '412\u00a0MB', '2,5\u00a0GB']);
  });

  it('of time are whole days, hours or minutes', () => {
    const spans = [0, 59, 60, 3_599, 3_600, 86_399, 86_400, 200_000].map((seconds) => span(seconds, en, enNumbers));
    expect(spans).toEqual(['0 minutes', '0 minutes', '1 minute', '59 minutes', '1 hour', '23 hours', '1 day', '2 days']);
  });
});
