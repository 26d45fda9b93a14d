import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';
import { PDF, uploadFile } from '../support/upload.js';

/** Both units that are merged belong to one bloc and have signed one agreement: their places fold into one, and unfold again. */
describe('two members of one bloc and agreement are merged', () => {
  let api: TestApi;
  let officer: string;
  let leader: string;
  let head: string;
  let second: string;
  let bloc: number;
  const agreements: number[] = [];

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-03-01');
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    await api.account('lanh-dao', [['UNIT_LEADER', 'TINH-A']]);
    await api.account('khoi-truong', [
      ['BLOC_HEAD', 'CS-A1'],
      ['UNIT_LEADER', 'CS-A1'],
      ['UNION_OFFICER', 'CS-A1'],
    ]);
    await api.account('lanh-dao-2', [['UNIT_LEADER', 'CS-A2']]);
    await on('2026-03-01');
    const members = [{ unit: 'CS-A1', role: 'HEAD' }, { unit: 'CS-A2' }];
    bloc = (
      await must(officer, 'POST', 'blocs', { organiser: 'TINH-A', kind: 'BLOCK', number: 4, year: 2026, members })
    ).id;
    // Work of one unit alone stands between that of both.
    const own = { organiser: 'CS-A1', kind: 'CLUSTER', year: 2026, members: [{ unit: 'CS-A1', role: 'HEAD' }] };
    for (const number of [1, 2, 3]) await must(head, 'POST', 'blocs', { ...own, number });
    for (const kind of ['PROGRAMME', 'AGREEMENT']) {
      const { id } = await must(head, 'POST', 'agreements', { kind, bloc, title: `Văn bản ${kind}`, body: 'Nội dung' });
      agreements.push(id);
      for (const step of ['open_discussion', 'adopt', ...(kind === 'AGREEMENT' ? ['start_signing'] : ['carry_out'])])
        await must(head, 'POST', `agreements/${id}/steps`, { step });
    }
    for (const [as, unit] of [
      [head, 'CS-A1'],
      [second, 'CS-A2'],
    ] as const)
      await must(as, 'POST', `agreements/${agreements[1]}/confirmations`, {
        unit,
        text: 1,
        signerName: 'Người Ký Minh Hoạ',
        signerPost: 'Chủ tịch',
        day: '2026-03-01',
        fileId: (await uploadFile(api, as, 'ban-ky.pdf', PDF)).body.id,
      });
    await must(head, 'POST', `agreements/${agreements[1]}/steps`, { step: 'put_in_force' });
  });
  afterAll(() => api?.close());

  async function on(day: string): Promise<void> {
    api.clock.setTo(day);
    officer = await api.signIn('can-bo');
    leader = await api.signIn('lanh-dao');
    head = await api.signIn('khoi-truong');
    second = await api.signIn('lanh-dao-2');
  }
  async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
    const answer = await api.inject(method, `/api/${url}`, { as, ...(body ? { body } : {}) });
    if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  const places = (): Promise<unknown[]> =>
    api.db.source.query(
      `SELECT 'bloc' AS what, u.code, m.role, m.left_on FROM bloc_member m JOIN unit u ON u.id = m.unit_id
       UNION ALL SELECT 'agreement ' || m.agreement_id, u.code, c.code, NULL FROM agreement_member m JOIN unit u ON u.id = m.unit_id
         LEFT JOIN unit c ON c.id = m.carried_by WHERE m.removed_on IS NULL ORDER BY 1, 2`,
    );

  const found = (code: string) => ({
    found: { code, name: `CĐCS ${code}`, level: 'GRASSROOTS_UNION', parent: 'TINH-A' },
  });
  test.each([
    ['into a new union', ['CS-A1', 'CS-A2'], found('CS-A12'), '2026-04-01'],
    ['into one of them', ['CS-A2'], { code: 'CS-A1' }, '2026-04-01'],
    ['from a day that has passed', ['CS-A1', 'CS-A2'], found('CS-A13'), '2026-03-15'],
  ] as const)('%s: taken back, everything stands where it stood', async (_, units, successor, from) => {
    await on('2026-04-01');
    const before = await places();
    const plan = {
      title: 'Hợp nhất',
      kind: 'MERGE',
      from,
      units,
      successors: [successor],
    };
    const decision = { number: '1/QĐ', day: '2026-03-30' };
    const saved = await must(officer, 'POST', 'reorganisations', { ...plan, decision });
    const { id } = saved.reorganisation;
    const open = await must(officer, 'GET', `reorganisations/${id}/open-work`);
    const kinds = [...new Set(open.items.map(({ kind }: { kind: string }) => kind))];
    const outcomes = kinds.map((kind) => ({ kind, outcome: 'HAND_OVER' }));
    const decided = await must(officer, 'PUT', `reorganisations/${id}/open-work`, {
      version: saved.reorganisation.version,
      outcomes,
    });
    const applied = await must(leader, 'POST', `reorganisations/${id}/application`, {
      version: decided.reorganisation.version,
    });
    expect(await places()).not.toEqual(before);
    await must(leader, 'POST', `reorganisations/${id}/reversal`, {
      version: applied.reorganisation.version,
      reason: 'Nhầm đơn vị',
      decision: { number: '2/QĐ', day: '2026-04-01' },
    });
    expect(await places()).toEqual(before);
  });
});
