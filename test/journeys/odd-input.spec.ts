import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';

/** Input that passes for the right type and still cannot be: refused with its field, never a fault. */
describe('odd input', () => {
  let api: TestApi;
  let officer: string;
  let batch: number;

  const BATCH = {
    kind: 'AWARD',
    form: 'GIAY_KHEN',
    unit: 'MH-CDN-GD',
    conferring: [{ unit: 'MH-CDN-GD' }],
    when: { from: '2026-10-01', to: '2026-10-01', basis: 'DECISION' },
    stated: { collectives: 1, individuals: 2 },
  };
  const post = (url: string, body: object, as = officer): Promise<TestAnswer> =>
    api.inject('POST', `/api/${url}`, { as, body });
  const refusal = ({ status, body }: TestAnswer): unknown => [status, body.code, body.field];

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('mh-can-bo', DEMO_PASSWORD);
    batch = (await post('award-batches', BATCH)).body.batch.id;
  });
  afterAll(() => api.close());

  test.each([
    ['no days', { when: undefined }, 'input.required', 'when'],
    ['null for days', { when: null }, 'input.required', 'when'],
    ['a list for days', { when: [] }, 'input.not_object', 'when'],
    ['no conferring body', { conferring: null }, 'input.required', 'conferring'],
    ['a line that is a list', { lines: [[]] }, 'input.not_object', 'lines'],
    ['a line without recipient', { lines: [{}] }, 'input.required', 'lines[0].recipient'],
    [
      'a recipient of white space',
      { lines: [{ recipient: { collective: '   ' } }] },
      'input.required',
      'lines[0].recipient.collective',
    ],
    [
      'a recipient nobody sees',
      { lines: [{ recipient: { household: '\u200b\u200b' } }] },
      'input.required',
      'lines[0].recipient.household',
    ],
    [
      'a week for a day',
      { when: { from: '2020-W01-1', to: '2026-10-01', basis: 'PERIOD' } },
      'input.not_day',
      'when.from',
    ],
    ['an hour for a day', { decision: { date: '2020-01T10' } }, 'input.not_day', 'decision.date'],
    [
      'a day beyond every register',
      { when: { from: '2026-10-01', to: '9999-12-31', basis: 'PERIOD' } },
      'input.not_day',
      'when.to',
    ],
    ['an id no row can have', { partOf: 2_147_483_648 }, 'input.too_big', 'partOf'],
    ['a file no row can have', { fileId: 1e300 }, 'input.too_big', 'fileId'],
    ['half a character', { campaign: 'a\ud800' }, 'input.zero_character', null],
  ])('a record with %s', async (_, changes, code, field) => {
    expect(refusal(await post('award-batches', { ...BATCH, ...changes }))).toEqual([400, code, field]);
  });

  test.each([
    ['nothing', {}, 'changes'],
    ['null for the days', { changes: { when: null } }, 'changes.when'],
    ['null for the conferring bodies', { changes: { conferring: null } }, 'changes.conferring'],
    ['null for the unit', { changes: { unit: null } }, 'changes.unit'],
  ])('a correction with %s', async (_, changes, field) => {
    const answer = await post(`award-batches/${batch}/corrections`, { reason: 'Ghi nhầm', ...changes });
    expect(refusal(answer)).toEqual([400, 'input.required', field]);
  });

  test('a revocation of null is none', async () => {
    const clerk = await api.signIn('mh-van-thu', DEMO_PASSWORD);
    for (const field of ['counts', 'lineId'])
      expect(
        refusal(await post(`award-batches/${batch}/revocations`, { reason: 'Gian dối', [field]: null }, clerk)),
      ).toEqual([400, 'input.required', field]);
  });

  test('a unit cannot be renamed to nothing', async () => {
    for (const change of [{ name: null }, { level: null }, { suspended: null }])
      expect((await post('units/MH-CDN-GD-CS2/versions', { from: '2026-01-01', ...change })).status).toBe(400);
  });

  test.each([
    'award-batches?after=2020-99-99_1',
    'award-batches?after=2020-01-01_99999999999',
    'awards?after=2024-02-30_5',
    'awards?from=2020-W01-1',
    'units?on=2020-01T10',
    'summaries?unit=MH-LDLD&from=9999-12-15&to=9999-12-31',
    'summaries/records?unit=MH-LDLD&from=2026-01-01&to=2026-12-31&key=1.99999999999.OWN',
    'summaries/records?unit=MH-LDLD&from=2026-01-01&to=2026-12-31&pin=1e300',
  ])('%s', async (address) => {
    const { status, body } = await api.inject('GET', `/api/${address}`, { as: officer });
    expect([status, body.message]).toEqual([400, expect.stringMatching(/[ạảấầậáàếệốộứựờợư]/)]);
  });

  test('a summary that cannot be computed keeps no other waiting', async () => {
    await api.db.source.query(
      `INSERT INTO summary (unit_id, from_day, to_day, known, asked_at) SELECT id, '9999-12-15', '9999-12-31', 'infinity', '2000-01-01' FROM unit WHERE code = 'MH-LDLD'`,
    );
    const ask = (): Promise<TestAnswer> =>
      api.inject('GET', '/api/summaries?unit=MH-LDLD&from=2026-02-03&to=2026-05-06', { as: officer });
    expect((await ask()).status).toBe(202);
    await expect(settle(api.app)).rejects.toThrow(/1 summaries failed/);
    expect((await ask()).status).toBe(200);
  });
});
