import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';

/** A restricted batch counts in every summary; what it was for, and whom it named, only those cleared for it read. */
describe('restricted batches', () => {
  let api: TestApi;
  const MARK = 'Việc Kín Đáo Số Bảy';
  const YEAR = 'unit=MH-CDN-GD-CS1&from=2024-01-01&to=2024-12-31';

  const record = async (as: string, changes: object): Promise<number> => {
    const answer = await api.inject('POST', '/api/award-batches', {
      as,
      body: {
        kind: 'AWARD',
        form: 'GIAY_KHEN',
        unit: 'MH-CDN-GD-CS1',
        conferring: [{ unit: 'MH-CDN-GD-CS1' }],
        when: { from: '2024-03-01', to: '2024-03-01', basis: 'DECISION' },
        stated: { collectives: 2, individuals: 3 },
        campaign: MARK,
        reason: MARK,
        tier: MARK,
        contests: [MARK],
        classification: 'RESTRICTED',
        ...changes,
      },
    });
    expect(answer.status).toBe(201);
    return answer.body.batch.id;
  };
  const read = async (as: string, address: string): Promise<string> => {
    await api.inject('GET', address, { as });
    await settle(api.app);
    const answer = await api.inject('GET', address, { as });
    expect(answer.status).toBe(200);
    return answer.text;
  };

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    const cleared = await api.signIn('mh-tham-dinh', DEMO_PASSWORD);
    await record(cleared, { lines: [{ recipient: { personName: `Lê ${MARK}`, birthYear: 1980 } }] });
    await record(cleared, { when: { from: '2023-11-01', to: '2024-02-28', basis: 'PERIOD' } });
    await record(cleared, { kind: 'PRIZE', form: null, stated: { individuals: 1 } });
  });
  afterAll(() => api.close());

  it.each([
    `/api/summaries?${YEAR}`,
    `/api/summaries/records?${YEAR}`,
    '/api/people?unit=MH-CDN-GD-CS1&limit=200',
    '/api/awards?q=kin+dao',
  ])('are not told by %s', async (address) => {
    expect(await read(await api.signIn('mh-can-bo', DEMO_PASSWORD), address)).not.toContain(MARK);
  });

  it('are counted all the same, and listed where the period cuts them', async () => {
    const { awards, prizes } = JSON.parse(
      await read(await api.signIn('mh-can-bo', DEMO_PASSWORD), `/api/summaries?${YEAR}`),
    );
    expect(awards.total).toMatchObject({ collectives: 2, individuals: 3 });
    expect(prizes.total).toBe(1);
    expect(awards.undatedWithin).toMatchObject([{ title: 'Giấy khen · hạn chế xem · 01/11/2023 – 28/02/2024' }]);
  });
});
