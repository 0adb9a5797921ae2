import { describe, expect, it } from 'vitest';
import type { Criterion, JudgedUnit, KindShare, StatutoryReading } from '../../src/api/explanation';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import type { Voice } from '../../src/view/text/sentence';
import {
  articleText,
  checkText,
  decisionText,
  evidenceTexts,
  factTexts,
  judgedText,
  movementText,
  shareText,
  tallyTexts,
  unfoldedUnits,
} from '../../src/view/text/statutory';
import { answer, type Part } from '../answers';

const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };

const unit = (members: Part<JudgedUnit> = {}): JudgedUnit =>
  answer<JudgedUnit>({ unit_id: '20347', kind: 'commune', ...members });
const criterion = (members: Part<Criterion>): Criterion =>
  answer<Criterion>({
    id: '5.3',
    article: 5,
    number: 3,
    text: { vi: 'Tiêu chí', en: 'Criterion' },
    kind: 'declared',
    verdict: 'met',
    verdict_text: { vi: 'đạt', en: 'met' },
    ...members,
  });

describe('the decision', () => {
  it('is named by number, day and body', () => {
    const decided = unit({ decision: { verdict: 'met', number: '107/QĐ-UBND', decided_on: '2025-11-22', body: 'UBND tỉnh' } });
    expect(decisionText(decided, vi)).toBe('Quyết định 107/QĐ-UBND, 22/11/2025, UBND tỉnh');
    expect(decisionText(decided, en)).toBe('Decision 107/QĐ-UBND, 22 Nov 2025, UBND tỉnh');
  });

  it('may be missing, or have no number on record', () => {
    expect(decisionText(unit({ decision: { verdict: 'insufficient' } }), vi)).toBe('Chưa có quyết định.');
    expect(decisionText(unit({ decision: { verdict: 'insufficient', number: null } }), en)).toBe('No decision yet.');
    expect(decisionText(unit({ decision: { verdict: 'met' } }), vi)).toBe('Có quyết định, chưa ghi số.');
  });

  it('stands beside our own check, which says whether it agrees', () => {
    expect(checkText(unit({ check: 'not_met', agreement: 'disagrees' }), vi)).toBe(
      'Tự kiểm tra: chưa đạt. Khác với quyết định; màu trên bản đồ theo quyết định.',
    );
    expect(checkText(unit({ check: 'met', agreement: 'agrees' }), en)).toBe('Own check: met. It agrees with the decision.');
    expect(checkText(unit({ check: 'insufficient', agreement: 'unknown' }), vi)).toContain('chưa đủ căn cứ');
    expect(checkText(unit(), vi)).toBeNull();
  });

  it('was made over a window by a circular', () => {
    const window = { from: '2024-11-16', to: '2025-11-16' };
    expect(judgedText(answer<StatutoryReading>({ window, circular: { id: '124/2021/TT-BCA' } }), vi)).toBe(
      'Xét kỳ 16/11/2024 – 15/11/2025 theo 124/2021/TT-BCA.',
    );
    expect(judgedText(answer<StatutoryReading>({ window, circular: null }), vi)).toBe('Xét kỳ 16/11/2024 – 15/11/2025.');
    expect(judgedText(answer<StatutoryReading>({ window: null }), en)).toBe('No certification year ended in this time.');
  });
});

it('the grade of the movement is shown with the one before', () => {
  const good = { grade: 'good', name: { vi: 'Khá', en: 'good' } } as const;
  expect(movementText(unit({ movement_grade: good, movement_grade_before: null }), vi)).toBe(
    'Phân loại phong trào: Khá (kỳ trước: chưa có).',
  );
  expect(movementText(unit(), vi)).toBeNull();
});

it('a wider area tells how its communes were judged', () => {
  const counts = {
    communes: 1039,
    check: { met: 900, not_met: 39, insufficient: 100 },
    agreement: { agrees: 880, disagrees: 20, unknown: 139 },
  };
  expect(tallyTexts({ counts }, vi)).toEqual([
    'Tự kiểm tra 1.039 xã, phường: 900 đạt, 39 chưa đạt, 100 chưa đủ căn cứ.',
    'Đối chiếu với quyết định: 880 khớp, 20 khác, 139 chưa đủ căn cứ.',
  ]);
  expect(tallyTexts({}, vi)).toEqual([]);
});

describe('a criterion', () => {
  it('is named by article and clause', () => {
    expect(articleText(criterion({}), vi)).toBe('Điều 5 khoản 3');
    expect(articleText(criterion({}), en)).toBe('Art. 5(3)');
  });

  it('says what was declared', () => {
    const declared = (value: boolean | null): string[] => factTexts(criterion({ facts: { declared: value } }), vi);
    expect(declared(true)).toEqual(['Đơn vị khai: có.']);
    expect(declared(false)).toEqual(['Đơn vị khai: không.']);
    expect(declared(null)).toEqual(['Đơn vị chưa khai.']);
  });

  it('counts the models it rests on, and says when nothing is known of them', () => {
    const facts = { active: 5, effective: 3, unreviewed: 2 };
    expect(factTexts(criterion({ kind: 'computed', facts }), vi)).toEqual([
      '5 mô hình hoạt động; 3 được đánh giá hiệu quả, 2 chưa được đánh giá.',
    ]);
    expect(factTexts(criterion({ kind: 'computed', facts: null }), vi)).toEqual(['Chưa có số liệu.']);
  });

  it('shows the evidence beside the declaration, with the severities that moved beyond chance only', () => {
    const change = (text: string, within_chance: boolean) => ({ within_chance, sentence: { vi: text, en: text } });
    const evidence = {
      total: change('7 vụ, kỳ trước 4 vụ: nằm trong dao động ngẫu nhiên (p = 0,387).', true),
      by_severity: [
        { severity_name: { vi: 'Nghiêm trọng' }, change: change('9 vụ, kỳ trước 0 vụ: tăng rõ (p = 0,004).', false) },
        { severity_name: { vi: 'Ít nghiêm trọng' }, change: change('1 vụ, kỳ trước 2 vụ.', true) },
      ],
    };
    expect(evidenceTexts(criterion({ kind: 'evidence', evidence }), vi)).toEqual([
      'Vụ việc: 7 vụ, kỳ trước 4 vụ: nằm trong dao động ngẫu nhiên (p = 0,387).',
      'Nghiêm trọng: 9 vụ, kỳ trước 0 vụ: tăng rõ (p = 0,004).',
    ]);
    expect(evidenceTexts(criterion({ kind: 'evidence', evidence: null }), vi)[0]).toContain('không so được');
    expect(evidenceTexts(criterion({}), vi)).toEqual([]);
  });
});

describe('the shares of 5(4)', () => {
  const share = (members: Part<KindShare>): KindShare =>
    answer<KindShare>({
      kind: 'residential_area',
      counts: { register: 'complete', units: 6, registered: 6, recognised: 4, recognised_needed: 5 },
      ...members,
    });

  it('name the units that are missing', () => {
    const missing = {
      silent: [],
      unregistered: [{ unit_id: 'kdc-9', label: null }],
      unrecognised: [
        { unit_id: 'kdc-2', label: 'Tổ dân phố 2' },
        { unit_id: 'kdc-4', label: 'Tổ dân phố 4' },
      ],
    };
    expect(shareText(share({ missing }), vi)).toBe(
      'Khu dân cư: 6 trong 6 đăng ký, 4 được công nhận (cần 5); chưa đăng ký: kdc-9; chưa được công nhận: Tổ dân phố 2, Tổ dân phố 4.',
    );
    expect(shareText(share({}), en)).toBe('Residential areas: 6 of 6 registered, 4 recognised (5 needed).');
  });

  it('say when a kind has no unit, or when that is not known', () => {
    const none = { units: 0, registered: 0, recognised: 0 };
    expect(shareText(share({ counts: none }), vi)).toBe('Khu dân cư: không có đơn vị nào.');
    expect(shareText(share({ counts: { ...none, register: 'unknown' } }), vi)).toBe(
      'Khu dân cư: không có đơn vị nào; chưa có danh sách đơn vị.',
    );
  });
});

it('the units to look at are unfolded: a single one, or those where check and decision part', () => {
  expect(unfoldedUnits([unit()])).toEqual(['20347']);
  expect(unfoldedUnits([unit({ agreement: 'agrees' }), unit({ unit_id: '2', agreement: 'disagrees' })])).toEqual(['2']);
  expect(unfoldedUnits([])).toEqual([]);
});
