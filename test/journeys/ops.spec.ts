import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Summary } from '@lib/summaries';
import { testDatabase, type TestDatabase } from '../support/database.js';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../dist/apps/ops/src/main.js');

/** The operator's command line, as a process of its own: no API, no worker. */
describe('ops', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase({ template: 'demo' });
  });
  afterAll(() => db.drop());

  const ops = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: db.url };
    try {
      const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], { env });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    }
  };
  const summary = async (unit: string, from: string, to: string): Promise<Summary> => {
    const { out } = await ops('summary', '--unit', unit, '--from', from, '--to', to, '--format', 'json');
    return JSON.parse(out) as Summary;
  };
  const pair = (counts: { collectives: number; individuals: number }): string =>
    `${counts.collectives}/${counts.individuals}`;

  test('prints the golden figures', async () => {
    const cand = await summary('CDCAND', '2023-01-01', '2023-12-31');
    expect([pair(cand.awards.total), cand.prizes.total, cand.freshness]).toEqual(['10/19', 47, 'FRESH']);
    const caoBang = await summary('CDVC-CAOBANG', '2020-01-01', '2020-07-31');
    expect([pair(caoBang.awards.total), ...caoBang.awards.byForm.map(pair)]).toEqual([
      '29/51',
      '0/2',
      '16/28',
      '13/21',
    ]);
    const may = await summary('CDCAND', '2024-01-01', '2024-07-16');
    expect([pair(may.awards.total), may.recognitions.total.individuals, may.strength.members?.value]).toEqual([
      '0/0',
      1067,
      24_000,
    ]);
    const medals = await summary('CDVC-2022', '2022-01-01', '2022-07-20');
    expect([pair(medals.awards.total), medals.strength.workers?.value]).toEqual(['0/7', 3958]);
  });

  test('prints what stands beside the awards', async () => {
    const text = async (unit: string, from: string, to: string): Promise<string> =>
      (await ops('summary', '--unit', unit, '--from', from, '--to', to, '--format', 'text')).out;
    expect(await text('TLD', '2022-01-08', '2022-05-31')).toContain('300.000; đạt được 696.948; 232,3%; vượt');
    const half = await text('CDCAND', '2024-01-01', '2024-06-30');
    expect(half).toContain('14/24 (58,3%) 10 đơn vị chưa có danh sách đến 30/06/2024');
    expect(half).toContain('Mái ấm Công đoàn trao mới + Mái ấm sửa chữa 1.500.000.000 đồng');
    expect(half).toMatch(/Suất quà \(đề xuất\) +hơn 2\.400 suất; gần 1\.400\.000\.000 đồng/);
    expect(half).toContain('112 cháu; 250.000.000 đồng; luỹ kế đến 30/06/2024');
    const gifts = await text('CDVC-2022', '2022-01-01', '2022-07-20');
    expect(gifts).toMatch(/Người được tặng quà +95 người/);
    expect(gifts.match(/không nêu số; vượt/g)).toHaveLength(3);
    expect(await text('CDCAND', '2022-01-01', '2022-12-31')).toMatch(/Đơn vị ký +1\/1/);
  });

  test('prints text that a person can read', async () => {
    const { code, out } = await ops('summary', '--unit', 'CDVC-CAOBANG', '--from', '2020-01-01', '--to', '2020-06-30');
    expect(code).toBe(0);
    expect(out).toMatch(/Tổng số +16 +28/);
    expect(out).toContain('CHƯA XÁC ĐỊNH KỲ (không cộng vào tổng)');
    expect(out).toContain('chưa có số liệu');
  });

  test('finds book, cells and records in agreement', async () => {
    const { code, out } = await ops('verify');
    expect([code, out.match(/\b0 /g)?.length]).toEqual([0, 2]);
  });

  test.each([
    [['summary', '--unit', 'KHONG-CO', '--from', '2020-01-01', '--to', '2020-07-31'], 1, 'unit.not_found'],
    [['summary', '--unit', 'CDCAND', '--from', '2020-07-31', '--to', '2020-01-01'], 1, 'period.reversed'],
    [['summary', '--unit', 'CDCAND', '--from', 'mai', '--to', '2020-01-01'], 1, '--from'],
    [
      ['summary', '--unit', 'CDCAND', '--from', '2020-01-01', '--to', '2020-01-31', '--format', 'pdf'],
      1,
      'ops.unknown_format',
    ],
    [['khong-co-lenh'], 2, 'Cách dùng'],
  ])('refuses %j', async (args, code, text) => {
    const answer = await ops(...args);
    expect([answer.code, answer.out]).toEqual([code, '']);
    expect(answer.err).toContain(text);
  });
});
