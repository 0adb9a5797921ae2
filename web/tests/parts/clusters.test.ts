import { describe, expect, it } from 'vitest';
import { Answers, type Known } from '../../src/api/answers';
import type { AreaRow, Clusters, Meta } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { clusterMarks, clusterNumbers, clusterSentence, clustersOf } from '../../src/parts/clusters';
import type { Scene } from '../../src/parts/scene';
import { columnsFor } from '../../src/parts/table/columns';
import { readView } from '../../src/view/view';
import { answer, named } from '../answers';

const FOUND = answer<Clusters>({
  clusters: [
    {
      number: 1,
      label: { vi: 'Cụm 1: 34 vụ, mong đợi 12,1, p = 0,001', en: 'Cluster 1' },
      centre: '20335',
      areas: [
        { code: '20335', name: 'Bàn Thạch' },
        { code: '20341', name: 'An Sơn' },
      ],
    },
  ],
  sentence: named('Có 1 cụm'),
});

function sceneOf(role: Meta['role'], layer: string, known: Known<unknown>, asked: string[] = []): Scene {
  const meta = answer<Meta>({
    role,
    default_edition: '2025-07',
    default_window: '3N-2025',
    editions: [{ id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] }],
    windows: [{ id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true }],
  });
  const answers = answer<Answers>({
    of: (url: string) => {
      asked.push(url);
      return known;
    },
  });
  return answer<Scene>({
    meta,
    view: readView(`#layer=${layer}`, meta),
    answers,
    messages: messagesIn('vi'),
    numbers: numbersIn('vi'),
  });
}

describe('clusters', () => {
  it('are asked for only where their layer is chosen, and never for the public', () => {
    const asked: string[] = [];
    expect(clustersOf(sceneOf('planner', 'grade', { state: 'waiting' }, asked))).toBeNull();
    expect(clustersOf(sceneOf('public', 'clusters', { state: 'waiting' }, asked))).toBeNull();
    expect(asked).toEqual([]);
    expect(clustersOf(sceneOf('planner', 'clusters', { state: 'waiting' }, asked))).toEqual({ state: 'waiting' });
    expect(asked.length).toBe(1);
    expect(asked[0]).toContain('/clusters?edition=2025-07&window=3N-2025&level=commune');
  });

  it('mark their areas, say what they hold, and number the rows of the table', () => {
    const scene = sceneOf('planner', 'clusters', { state: 'here', value: FOUND });
    expect(clusterMarks(scene)).toEqual({
      codes: ['20335', '20341'],
      labels: [['20335', 'Cụm 1: 34 vụ, mong đợi 12,1, p = 0,001']],
    });
    const numbers = clusterNumbers(scene);
    const column = columnsFor(new Map(), numbers).at(-1);
    const text = (code: string): string | undefined => column?.text(answer<AreaRow>({ code }), scene, new Map());
    expect([column?.id, text('20341'), text('1')]).toEqual(['cluster', 'Cụm 1', '–']);
    expect(columnsFor(new Map()).some(({ id }) => id === 'cluster')).toBe(false);
  });

  it('have a sentence while they come, when they failed, when they are here and for the public', () => {
    const said = (role: Meta['role'], known: Known<unknown>): string => clusterSentence(sceneOf(role, 'clusters', known));
    expect(said('planner', { state: 'waiting' })).toBe('Đang tìm cụm…');
    expect(said('planner', { state: 'missing', reason: new Error('') })).toContain('Không tải được');
    expect(said('planner', { state: 'here', value: FOUND })).toBe('Có 1 cụm');
    expect(said('public', { state: 'waiting' })).toContain('chỉ người có vai trò');
  });
});
