import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
const sessions: Record<string, string> = {};

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-07-10');
  await smallTree(api.app);
  await api.account('tong', [
    ['UNION_OFFICER', 'TLD'],
    ['UNIT_LEADER', 'TLD'],
  ]);
  await api.account('quan-tri', [['SYSTEM_ADMIN', 'TINH-A']]);
  await api.account('can-bo', [['UNION_OFFICER', 'CS-A2']]);
  for (const name of ['tong', 'quan-tri', 'can-bo']) sessions[name] = await api.signIn(name);
});
afterAll(() => api?.close());

const ask = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as: sessions[as]!, ...(body ? { body } : {}) });
async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await ask(as, method, url, body);
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}

describe('an account with a role on a unit whose founding was taken back', () => {
  it('is still taken its roles, given another address, and disabled', async () => {
    const decision = { number: '60/QĐ', day: '2026-06-15' };
    const { id, version } = (
      await must('tong', 'POST', 'reorganisations', {
        title: 'Nhập CS-A2 (minh hoạ)',
        kind: 'MERGE',
        from: '2026-07-01',
        decision,
        units: ['CS-A2'],
        successors: [
          { found: { code: 'CS-A3', name: 'Công đoàn A3 (minh hoạ)', level: 'GRASSROOTS_UNION', parent: 'TINH-A' } },
        ],
      })
    ).reorganisation;
    const applied = await must('tong', 'POST', `reorganisations/${id}/application`, { version });
    await must('tong', 'POST', `reorganisations/${id}/reversal`, {
      version: applied.reorganisation.version,
      reason: 'Nhầm',
      decision,
    });
    const [account] = (await must('quan-tri', 'GET', 'accounts?q=can-bo')).items;
    expect(account.grants.map(({ unit }: { unit: { code: string } }) => unit.code)).toEqual(['CS-A2']);
    const mail = { email: 'can-bo@vidu.vn', notices: true };
    expect((await ask('quan-tri', 'PUT', `accounts/${account.id}/mail`, mail)).status).toBe(200);
    expect((await ask('quan-tri', 'PUT', `accounts/${account.id}/disabled`, { disabled: true })).status).toBe(200);
    expect((await ask('can-bo', 'GET', 'session')).body?.account ?? null).toBeNull();
    await must('quan-tri', 'PUT', `accounts/${account.id}/grants`, { grants: [] });
    const [left] = await api.db.source.query(`SELECT count(*)::int AS n FROM account_grant WHERE account_id = $1`, [
      account.id,
    ]);
    expect(left.n).toBe(0);
  });
});

describe('the work of somebody with roles in two branches', () => {
  it('is shown and handed over only as far as the administrator keeps the units', async () => {
    const both = [
      ['UNIT_LEADER', 'TINH-A'],
      ['UNIT_LEADER', 'TINH-B'],
    ] as const;
    await api.account('hai-noi', both);
    await api.account('nguoi-nhan', both);
    for (const parent of ['TINH-A', 'TINH-B']) {
      const found = { code: `CS-${parent}`, name: `Mới ở ${parent} (minh hoạ)`, level: 'GRASSROOTS_UNION', parent };
      const { id, version } = (
        await must('tong', 'POST', 'reorganisations', {
          title: `Lập đơn vị ở ${parent}`,
          kind: 'FOUND',
          from: '2026-07-01',
          decision: { number: '61/QĐ', day: '2026-06-15' },
          units: [],
          successors: [{ found }],
        })
      ).reorganisation;
      await must('tong', 'POST', `reorganisations/${id}/request`, { version });
    }
    const preview = await must('quan-tri', 'GET', 'handovers/preview?from=hai-noi&to=nguoi-nhan');
    const units = (tasks: { unit: { code: string } }[]) => tasks.map(({ unit }) => unit.code);
    expect(units(preview.tasks)).toEqual(['TINH-A']);
    const given = { from: 'hai-noi', to: 'nguoi-nhan', reason: 'Chuyển công tác' };
    expect(units((await must('quan-tri', 'POST', 'handovers', given)).tasks)).toEqual(['TINH-A']);
    sessions['hai-noi'] = await api.signIn('hai-noi');
    expect(units((await must('hai-noi', 'GET', 'tasks?of=mine')).items)).toEqual(['TINH-B']);
  });
});
