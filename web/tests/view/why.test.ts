import { describe, expect, it } from 'vitest';
import { Explanations } from '../../src/api/explanations';
import type { Explanation, RatedClass, Trend } from '../../src/api/explanation';
import type { Schemas } from '../../src/api/schemas';
import type { AreaComponent } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import type { Voice } from '../../src/view/text/sentence';
import {
  componentText,
  excessOf,
  hiddenReasons,
  hotSpotText,
  ratedShares,
  reliabilityText,
  shareText,
  shownComponents,
  trendText,
} from '../../src/view/text/why';
import { answer, type Part } from '../answers';

type Gap = Schemas['TrendGap'];
const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');

const rated = (component: string, observed: number, expected: number, contribution: number): RatedClass =>
  answer<RatedClass>({
    component,
    component_name: { vi: component, en: component },
    rated: true,
    observed,
    expected,
    contribution,
  });

// Worked by hand: weights 3 and 7, so that S = 3·9 + 7·4 + 3·10 = 85 and S_E = 3·17 + 7·7 + 3·5 = 115; ratio − 1 = −30/115.
const CLASSES: RatedClass[] = [
  rated('trat_tu', 9, 17, (3 * (9 - 17)) / 115),
  rated('trat_tu', 4, 7, (7 * (4 - 7)) / 115),
  rated('giao_thong', 10, 5, (3 * (10 - 5)) / 115),
  { ...rated('phat_hien', 12, 8, 0), rated: false },
];

const explanation = (members: Part<Explanation> = {}): Explanation =>
  answer<Explanation>({
    edition: '2025-07',
    level: 'commune',
    area: { code: '20341', name: 'Phường Tam Kỳ' },
    grade: 'B',
    unweighted: { observed: 67, expected: 77.27, ratio: 0.867, low: 0.672, high: 1.101, level: 0.95 },
    classes: CLASSES,
    ...members,
  });

describe('the parts of the difference', () => {
  const shares = ratedShares(CLASSES);

  it('add the severities of a component up, in the order of the scheme', () => {
    expect(shares.map(({ id, observed, expected }) => [id, observed, expected])).toEqual([
      ['trat_tu', 13, 24],
      ['giao_thong', 10, 5],
    ]);
    expect(excessOf(shares)).toBeCloseTo(85 / 115 - 1, 12);
  });

  it('say which part of the difference each is, or that it pulls the other way', () => {
    const excess = excessOf(shares);
    expect(shares.map((share) => plain(shareText(share, excess, vi)))).toEqual([
      'hơn toàn bộ chênh lệch, nhóm khác bù lại',
      'kéo ngược lại',
    ]);
    expect(shares.map((share) => plain(shareText(share, excess, en)))).toEqual([
      'more than the whole difference, others offset it',
      'pulls the other way',
    ]);
    const alike = ratedShares([rated('trat_tu', 9, 12, -0.2), rated('chay_no', 1, 2, -0.05)]);
    expect(alike.map((share) => plain(shareText(share, excessOf(alike), vi)))).toEqual([
      '80 % của chênh lệch',
      '20 % của chênh lệch',
    ]);
  });

  it('are not shared out where there is no difference', () => {
    const [first] = shares;
    expect(first && shareText(first, 0, vi)).toBe('gần như không đáng kể');
    expect(excessOf(ratedShares([]))).toBe(0);
    expect(ratedShares(null)).toEqual([]);
  });

  it('leave out what weighs nothing', () => {
    expect(shares.map(({ id }) => id)).not.toContain('phat_hien');
  });

  it('are counts alone for a role without weights, where these are published', () => {
    const components = [
      answer<AreaComponent>({ id: 'trat_tu', observed: 15, expected: 27.35 }),
      answer<AreaComponent>({ id: 'chay_no', observed: null, expected: null }),
    ];
    expect(shownComponents(components).map(({ id }) => id)).toEqual(['trat_tu']);
    expect(shownComponents(null)).toEqual([]);
    expect(componentText(15, 27.35, vi)).toBe('ghi nhận 15, theo mức chung 27,4');
    expect(componentText(15, null, en)).toBe('recorded 15');
  });
});

it('reliability is said in words, with what a letter needs', () => {
  const scale = { minReliability: 0.3, reliabilitySteps: [0.5, 0.7] };
  expect(reliabilityText(0.86, scale, vi)).toBe('Số liệu đủ tin cậy (0,86; xếp loại được từ 0,30).');
  expect(reliabilityText(0.86, { ...scale, minReliability: null }, en)).toBe('The data are reliable enough (0.86).');
  expect(reliabilityText(null, scale, vi)).toBeNull();
});

describe('the trend', () => {
  const moved = answer<Trend>({
    arrow: 'up',
    before: {},
    incidents: 30,
    incidents_before: 12,
    rate_ratio: 2.5,
    low: 1.2,
    high: 5.4,
    level: 0.95,
  });

  it('is said with its figures, or in words alone', () => {
    expect(plain(trendText(moved, 'planner', vi))).toBe(
      'Tăng rõ: 30 vụ, kỳ trước 12; tỷ suất bằng 2,50 lần kỳ trước; khoảng 95 % từ 1,20 đến 5,40.',
    );
    expect(trendText(answer<Trend>({ arrow: 'equal', before: {} }), 'public', vi)).toBe('Không khác biệt rõ.');
    expect(trendText(answer<Trend>({ arrow: 'down', before: {} }), 'public', en)).toBe('Clearly down.');
  });

  it('says why there is none', () => {
    const reason = (name: Gap): string => trendText(answer<Trend>({ arrow: null, before: { reason: name } }), 'public', vi);
    expect(reason('incidents_do_not_cover_both_windows')).toContain('chưa phủ đủ cả hai kỳ');
    expect(reason('window_before_is_not_released')).toContain('chưa được công bố');
    expect(trendText(answer<Trend>({ arrow: null, before: { reason: null } }), 'public', vi)).toContain('không công bố');
    expect(trendText(answer<Trend>({ arrow: null, before: null }), 'commander', vi)).toBe('Chưa có kỳ trước để so.');
    expect(trendText(undefined, 'public', en)).toBe('There is no period before to compare with.');
  });
});

it('whether rates gather around the area is said to analysts, and nothing of it to the public', () => {
  expect(hotSpotText(explanation({ hot_spot: { kind: 'hot' } }), 'planner', vi)).toContain('cùng cao (Gi*)');
  expect(hotSpotText(explanation({ hot_spot: { kind: 'none' } }), 'planner', en)).toContain('neither clearly high');
  expect(hotSpotText(explanation({ hot_spot: null }), 'planner', vi)).toContain('không có khu vực liền kề');
  expect(hotSpotText(explanation({ hot_spot: null }), 'public', vi)).toBeNull();
  expect(hotSpotText(explanation({ level: 'province' }), 'planner', vi)).toBeNull();
});

describe('what is hidden', () => {
  it('is nothing for a commander who sees everything', () => {
    expect(hiddenReasons(explanation(), [], 'commander')).toEqual([]);
  });

  it('is said to the public, a sentence for each', () => {
    const shown = explanation({ classes: null });
    expect(hiddenReasons(shown, [], 'public')).toEqual(['hidden.components', 'hidden.windows']);
    expect(hiddenReasons(shown, [answer<AreaComponent>({ id: 'trat_tu', observed: 15 })], 'public')).toEqual(['hidden.windows']);
    const suppressed = explanation({ grade: 'suppressed', classes: null, unweighted: { observed: null } });
    const reasons = hiddenReasons(suppressed, [], 'public');
    expect(reasons).toEqual(['hidden.count', 'hidden.letter', 'hidden.components', 'hidden.windows']);
    for (const { messages } of [vi, en]) for (const key of reasons) expect(messages.say(key)).toMatch(/^[^.]+\.$/);
  });

  it('is nothing where days are missing: that is said instead, as it is no secret', () => {
    const uncovered = explanation({ withheld: 'not_covered', unweighted: { observed: null }, classes: null });
    expect(hiddenReasons(uncovered, [], 'planner')).toEqual(['hidden.uncovered']);
    expect(hiddenReasons(uncovered, [], 'public')).toEqual(['hidden.uncovered', 'hidden.windows']);
  });

  it('tells small counts from kinds that are never shown for communes', () => {
    expect(hiddenReasons(explanation({ unweighted: { observed: null } }), [], 'planner')).toEqual(['hidden.district_only']);
  });
});

describe('explanations', () => {
  const filter = new URLSearchParams({ window: '3N-2025' });

  it('are asked for once per address, and again when the epoch has moved on', async () => {
    const asked: string[] = [];
    const kept = new Explanations((edition, code) => {
      asked.push(`${edition}/${code}`);
      return Promise.resolve(explanation());
    });
    await kept.of('2025-07', '20341', filter);
    await kept.of('2025-07', '20341', filter);
    await kept.of('2025-07', '20341', new URLSearchParams({ window: 'TK-2025' }));
    await kept.of('2025-01', '20341', filter);
    expect(asked).toHaveLength(3);
    expect(kept.known('2025-07', '20341', filter)).toEqual(explanation());
    expect(kept.known('2025-07', '20335', filter)).toBeNull();
    kept.forget();
    expect(kept.known('2025-07', '20341', filter)).toBeNull();
    await kept.of('2025-07', '20341', filter);
    expect(asked).toHaveLength(4);
  });

  it('that were on their way when the epoch moved on are not kept', async () => {
    const answers: ((answer: Explanation) => void)[] = [];
    const kept = new Explanations(() => new Promise((resolve) => answers.push(resolve)));
    const first = kept.of('2025-07', '20341', filter);
    kept.forget();
    answers[0]?.(explanation());
    await first;
    void kept.of('2025-07', '20341', filter);
    expect(answers).toHaveLength(2);
  });

  it('that failed are asked for again', async () => {
    let asked = 0;
    const kept = new Explanations(() => {
      asked += 1;
      return Promise.reject(new Error('gone'));
    });
    await expect(kept.of('2025-07', '20341', filter)).rejects.toThrow('gone');
    await expect(kept.of('2025-07', '20341', filter)).rejects.toThrow('gone');
    expect(asked).toBe(2);
  });
});
