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
