import { readFileSync } from 'node:fs';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { Answers } from '../../src/api/answers';
import type { AreaRow, Meta, Ratings, RatingScheme } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { comparedWith } from '../../src/parts/controls/scheme';
import { toggled } from '../../src/parts/controls/choices';
import { emptyThemes } from '../../src/parts/controls/layers';
import { accountText } from '../../src/parts/legend/account';
import { coverageText } from '../../src/parts/legend/coverage';
import { classesOf, halfOpenTexts } from '../../src/parts/legend/legend_keys';
import { formerEdition, NO_PREVIEW, type Scene } from '../../src/parts/scene';
import { kindsOf, turnedKinds } from '../../src/view/kinds';
import { readView } from '../../src/view/view';
import { answer, ATTRIBUTES, named } from '../answers';

const style = JSON.parse(readFileSync(new URL('../../../styles/light.json', import.meta.url), 'utf8')) as StyleSpecification;

const meta = answer<Meta>({
  attributes: ATTRIBUTES,
  sample: true,
  epoch: 1,
  role: 'public',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [
    { id: '2020-02', name: named('Xưa'), levels: ['commune', 'district', 'province'] },
    { id: '2025-01', name: named('Cũ'), levels: ['commune', 'district', 'province'] },
    { id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] },
  ],
  windows: [{ id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true }],
  components: [
    { id: 'trat_tu', name: named('Trật tự') },
    { id: 'chay_no', name: named('Cháy, nổ') },
    { id: 'trong', name: named('Trống') },
  ],
  categories: [
    { id: 'chay', name: named('Cháy'), component: 'chay_no' },
    { id: 'trom', name: named('Trộm'), component: 'trat_tu' },
    { id: 'danh', name: named('Đánh'), component: 'trat_tu' },
    { id: 'la', name: named('Lạ'), component: 'không có' },
  ],
});

function sceneOf(fragment: string, areas: AreaRow[] | null): Scene {
  const view = readView(fragment, meta);
  return {
    meta,
    view,
    asked: view,
    isPending: false,
    frame: null,
    keptSince: null,
    style,
    ratings: areas && answer<Ratings>({ edition: view.edition, level: view.level, areas }),
    detail: null,
    explanation: 'waiting',
    attribution: '',
    answers: new Answers(
      () => Promise.reject(new Error('nothing is asked here')),
      () => undefined,
    ),
    run: null,
    freshness: { loadedAt: null, heardAt: null, connection: 'online' },
    preview: NO_PREVIEW,
    messages: messagesIn(view.lang),
    numbers: numbersIn(view.lang),
    change: () => undefined,
    announce: () => undefined,
  };
}

const areas = [20, 40, 60, 80, 100, 200].map((rate, index) =>
  answer<AreaRow>({
    code: String(index),
    name: 'Xã',
    level: 'commune',
    grade: 'C',
    rate_smoothed: rate,
    certified_share: rate / 200,
  }),
);

describe('the days that the incidents cover', () => {
  const known = { ...meta, coverage: answer<NonNullable<Meta['coverage']>>({ note: named('Số liệu vụ việc từ …') }) };

  it('are named, and that a period was cut goes before', () => {
    const scene = { ...sceneOf('#edition=2025-07&window=3N-2025', areas), meta: known };
    expect(coverageText(scene)).toBe('Số liệu vụ việc từ …');
    const requested = { from: '2022-12-15', to: '2025-12-15', note: named('Chỉ tính …') };
    expect(coverageText({ ...scene, ratings: answer<Ratings>({ areas, requested }) })).toBe('Chỉ tính …');
    expect(coverageText(sceneOf('#edition=2025-07', areas))).toBe('');
  });
});

describe('the classes of a legend', () => {
  it('are written as half-open, the unit once', () => {
    const percent = numbersIn('vi').percent;
    expect(halfOpenTexts([0.1, 0.25], percent)).toEqual(['< 10\u00a0%', '10–25\u00a0%', '≥ 25\u00a0%']);
    expect(halfOpenTexts([5], String)).toEqual(['< 5', '≥ 5']);
    expect(halfOpenTexts([], String)).toEqual([]);
  });

  it('of shares are fixed, and the whole has a class of its own', () => {
    const { texts, lowest } = classesOf(sceneOf('#layer=certified', areas), 'certified');
    expect(texts).toEqual(['< 60\u00a0%', '60–70\u00a0%', '70–90\u00a0%', '90–100\u00a0%', '100\u00a0%']);
    expect(lowest).toEqual([0, 0.6, 0.7, 0.9, 1]);
  });

  it('of rates are fitted to the areas on show', () => {
    const { texts } = classesOf(sceneOf('#layer=rate', areas), 'rate');
    expect(texts[0]).toBe('< 40');
    expect(texts.at(-1)).toBe('≥ 100');
  });
});

describe('the selectors', () => {
  it('know the themes without a value once the numbers are here', () => {
    expect(emptyThemes(sceneOf('', areas))).toEqual(['statutory', 'movement', 'count', 'clusters', 'density']);
    expect(emptyThemes(sceneOf('', null))).toEqual([]);
  });

  it('offer former districts where the edition has none, of the newest edition that has', () => {
    expect(formerEdition(sceneOf('', areas))?.id).toBe('2025-01');
    expect(formerEdition(sceneOf('#edition=2020-02', areas))).toBeNull();
  });

  it('group kinds by component, those without one last, and drop empty components', () => {
    const kinds = kindsOf(meta).map(({ id, categories }) => [id, categories.map((category) => category.id)]);
    expect(kinds).toEqual([
      ['trat_tu', ['trom', 'danh']],
      ['chay_no', ['chay']],
      ['', ['la']],
    ]);
    expect(kindsOf({ components: [], categories: [] })).toEqual([]);
  });

  it('choose all of a component, then none of it, and leave the others be', () => {
    const [order] = kindsOf(meta);
    if (!order) throw new Error('the first component has kinds');
    const all = turnedKinds(['chay', 'danh'], order);
    expect([...all].sort()).toEqual(['chay', 'danh', 'trom']);
    expect(turnedKinds(all, order)).toEqual(['chay']);
  });

  it('put in what is missing and take out what is there', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('say what a scheme compares with', () => {
    expect(comparedWith(answer<RatingScheme>({}))).toBe('rating.province');
    expect(comparedWith(answer<RatingScheme>({ grade: { peers: 'none', expectation: 'province' } }))).toBe('rating.province');
    expect(comparedWith(answer<RatingScheme>({ grade: { peers: 'terrain', expectation: 'province' } }))).toBe('rating.peers');
    expect(comparedWith(answer<RatingScheme>({ grade: { peers: 'terrain', expectation: 'peers' } }))).toBe('rating.expect.peers');
  });
});

describe('the account under the map', () => {
  const accountOf = (totals: Partial<Ratings['totals']>): string => {
    const scene = sceneOf('', []);
    return accountText({ ...scene, ratings: answer<Ratings>({ ...scene.ratings, totals }) });
  };
  const whole = {
    incidents: 1250,
    with_point: 900,
    by_commune: 300,
    by_wider_area: 20,
    outside: 10,
    unplaced: 15,
    district_only: 5,
  };

  it('adds up term by term', () => {
    expect(accountOf(whole)).toContain(
      '1.250 vụ việc trong kỳ = 900 có toạ độ + 300 chỉ biết xã + 20 chỉ biết huyện hoặc tỉnh + 10 ngoài địa bàn + 15 không rõ nơi + 5 chỉ hiện từ cấp huyện trở lên',
    );
    expect(accountOf({ ...whole, incidents: 1245, district_only: null })).toMatch(/= 900 .*15 không rõ nơi(?! \+)/);
  });

  it('is no sum where a term is hidden', () => {
    const hidden = { ...whole, with_point: null, by_commune: null, district_only: null };
    expect(accountOf({ ...hidden, incidents: 1245 })).toContain(
      '1.245 vụ việc trong kỳ, trong đó 20 chỉ biết huyện hoặc tỉnh; 10 ngoài địa bàn',
    );
    expect(accountOf({ ...hidden, incidents: null })).toContain(
      'Không công bố đủ để cộng thành tổng số vụ; đã công bố: 20 chỉ biết',
    );
    expect(accountOf({ ...hidden, incidents: null })).not.toContain(' = ');
  });
});
