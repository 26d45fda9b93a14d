import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestAnswer, type TestApi } from '../../../test/support/api.js';

describe('the number of a decision', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('mh-can-bo', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const record = (decision: object): Promise<TestAnswer> =>
    api.inject('POST', '/api/award-batches', {
      as: officer,
      body: {
        kind: 'AWARD',
        form: 'GIAY_KHEN',
        unit: 'MH-CDN-GD',
        conferring: [{ unit: 'MH-CDN-GD' }],
        when: { from: '2025-03-01', to: '2025-03-01', basis: 'DECISION' },
        stated: { individuals: 2 },
        decision,
      },
    });
  const act = (id: number, what: string, body: object): Promise<TestAnswer> =>
    api.inject('POST', `/api/award-batches/${id}/${what}`, { as: officer, body: { reason: 'Ghi nhầm', ...body } });
  const correct = (id: number, decision: object): Promise<TestAnswer> =>
    act(id, 'corrections', { changes: { decision } });

  it('keeps its place when its day was mistyped', async () => {
    const { batch } = (await record({ number: '12', symbol: 'QĐ', date: '2025-02-03' })).body;
    const corrected = await correct(batch.id, { number: '12', symbol: 'QĐ', date: '2025-03-02' });
    expect([corrected.status, corrected.body.batch.decision]).toEqual([
      201,
      { number: '12', symbol: 'QĐ', date: '2025-03-02' },
    ]);
  });

  it('is free again once it was mistyped, or once its record was a mistake', async () => {
    const mistyped = (await record({ number: '31', date: '2025-02-03' })).body.batch;
    expect((await correct(mistyped.id, { number: '13', date: '2025-02-03' })).status).toBe(201);
    const right = await record({ number: '31', date: '2025-03-09' });
    expect(right.status).toBe(201);
    expect(right.body.warnings.map(({ code }: { code: string }) => code)).not.toContain(
      'awards.decision_already_recorded',
    );
    expect((await act(right.body.batch.id, 'removal', {})).status).toBe(201);
    expect((await record({ number: '31', date: '2025-04-10' })).status).toBe(201);
  });

  it('belongs to one day while another batch stands under it', async () => {
    const first = (await record({ number: '50', date: '2025-02-03' })).body.batch;
    await record({ number: '50', date: '2025-02-03' });
    const refused = await correct(first.id, { number: '50', date: '2025-02-04' });
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      409,
      'awards.decision_number_taken',
      'changes.decision.number',
    ]);
  });
});
