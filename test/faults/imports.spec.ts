import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Jobs } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { Barrier, ProgramProcess, until } from '../support/processes.js';
import { uploadList, workbook } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

const PATIENCE_MS = 180_000;
const ROWS = 1_500;

/** A worker is killed in the middle of the dry run, and in the middle of writing: the list is wholly in, or wholly out. */
describe('killed in the middle of an import', () => {
  let api: TestApi;
  let jobs: Jobs;
  let dataDir: string;
  let officer: string;
  let id: number;
  const processes: ProgramProcess[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'so-vang-loi-'));
    api = await testApi({ template: 'empty', env: { dataDir } });
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    officer = await api.signIn('can-bo');
    jobs = await Jobs.connect({ databaseUrl: api.db.url, redisUrl: null });
    const rows = Array.from({ length: ROWS }, (_, n) => [`Lê Văn Số ${n}`, 1980, 'CS-A1']);
    const content = await workbook([['Họ và tên', 'Năm sinh', 'Mã đơn vị'], ...rows]);
    id = (await uploadList(api, officer, 'ds.xlsx', content, { kind: 'people', unit: 'TINH-A' })).body.id;
  }, PATIENCE_MS);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.kill()));
    await jobs?.close();
    await api?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const worker = async (): Promise<ProgramProcess> => {
    const started = await ProgramProcess.worker(api.db.url, dataDir);
    processes.push(started);
    return started;
  };
  const seen = async () => (await api.inject('GET', `/api/imports/${id}`, { as: officer })).body;
  const count = async (table: string): Promise<number> =>
    Number((await api.db.source.query(`SELECT count(*) AS n FROM ${table}`))[0].n);
  const killedAt = async (table: string, statement: string): Promise<void> => {
    const barrier = await Barrier.on(api.db, table);
    const first = await worker();
    await jobs.wake('imports.run');
    const pid = await barrier.stops(statement);
    await first.kill();
    await barrier.lift(pid);
  };

  test(
    'in the dry run: the next worker begins it anew, and each line is told once',
    async () => {
      await killedAt('import_effect', 'FROM import_effect');
      expect([(await seen()).state, await count('person')]).toEqual(['READING', 0]);
      const second = await worker();
      await until(async () => (await seen()).state === 'CHECKED');
      await second.kill();
      expect([(await seen()).counts.NEW, await count('import_row'), await count('person')]).toEqual([ROWS, ROWS, 0]);
    },
    PATIENCE_MS,
  );

  test(
    'while writing: nobody is in; written once by the next worker',
    async () => {
      const { version } = await seen();
      const body = { version };
      expect((await api.inject('POST', `/api/imports/${id}/acceptance`, { as: officer, body })).status).toBe(200);
      await killedAt('person_check', 'INSERT INTO person_check');
      expect([(await seen()).state, await count('person'), await count('import_effect')]).toEqual(['ACCEPTING', 0, 0]);
      await worker();
      await until(async () => (await seen()).state === 'ACCEPTED');
      expect([await count('person'), await count('membership'), await count('import_effect')]).toEqual([
        ROWS,
        ROWS,
        ROWS,
      ]);
    },
    PATIENCE_MS,
  );
});
