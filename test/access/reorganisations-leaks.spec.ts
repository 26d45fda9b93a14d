import { systemActor } from '@lib/kernel';
import { UnitsService } from '@lib/units';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

const SECRET = 'Không ai ngoài được biết';

/** What is prepared above is nobody's below; what a rehearsal or a list of open work tells ends where the reader's scope ends. */
describe('reorganisations do not leak', () => {
  let api: TestApi;
  let officer: string;
  let cleared: string;
  let inside: string;
  let outside: string;
  let id: number;
  let version: number;

  const ask = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
    api.inject(method, `/api/${url}`, { as, ...(body ? { body } : {}) });
  async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
    const answer = await ask(as, method, url, body);
    if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-07-01');
    await smallTree(api.app);
    await api.app.get(UnitsService).create(systemActor('test'), {
      code: 'KIN',
      name: SECRET,
      level: 'GRASSROOTS_UNION',
      parent: 'TINH-A',
      classification: 'RESTRICTED',
    });
    await api.account('can-bo', [['UNION_OFFICER', 'TLD']]);
    await api.account('duoc-xem', [
      ['UNION_OFFICER', 'TLD'],
      ['UNIT_LEADER', 'TLD'],
    ]);
    await api.account('tinh-a', [
      ['UNION_OFFICER', 'TINH-A'],
      ['UNIT_LEADER', 'TINH-A'],
    ]);
    await api.account('a1', [['UNION_OFFICER', 'CS-A1']]);
    await api.account('tinh-b', [
      ['UNION_OFFICER', 'TINH-B'],
      ['UNIT_LEADER', 'TINH-B'],
    ]);
    await api.account(SECRET, [['UNION_OFFICER', 'KIN']]);
    officer = await api.signIn('can-bo');
    cleared = await api.signIn('duoc-xem');
    inside = await api.signIn('tinh-a');
    outside = await api.signIn('tinh-b');
    const a1 = await api.signIn('a1');
    // Nobody but its proposer sees a draft; one at a restricted unit is nobody's who is not cleared there.
    await must(a1, 'POST', 'dossiers', { unit: 'CS-A1', to: { unit: 'TINH-A' }, year: 2026, title: 'Dự thảo của A1' });
    const saved = await must(officer, 'POST', 'reorganisations', {
      title: 'Giải thể tỉnh A',
      kind: 'MERGE',
      from: '2026-07-01',
      decision: { number: '1', day: '2026-06-30' },
      units: ['TINH-A'],
      successors: [{ found: { code: 'TINH-MOI', name: 'Tỉnh mới', level: 'PROVINCIAL_FEDERATION', parent: 'TLD' } }],
    });
    id = saved.reorganisation.id;
    version = saved.reorganisation.version;
    await must(officer, 'POST', `reorganisations/${id}/rehearsal`);
  });
  afterAll(() => api?.close());

  it('a plan is hidden from the units that it names, on every route, until it is applied', async () => {
    const urls = ['', '/rehearsal', '/rehearsal/placements', '/open-work'];
    for (const as of [inside, outside]) {
      for (const url of urls)
        expect([url, (await ask(as, 'GET', `reorganisations/${id}${url}`)).status]).toEqual([url, 404]);
      for (const url of ['rehearsal', 'request', 'application', 'schedule', 'cancellation'])
        expect((await ask(as, 'POST', `reorganisations/${id}/${url}`, { version, reason: 'không' })).status).toBe(404);
      expect((await ask(as, 'GET', 'reorganisations')).text).not.toContain('Giải thể tỉnh A');
      expect((await ask(as, 'GET', 'reorganisations?unit=TINH-A')).text).not.toContain('Giải thể tỉnh A');
    }
  });

  it('a rehearsal counts what its reader is not cleared for, and names it to those who are', async () => {
    const shown = await ask(officer, 'GET', `reorganisations/${id}/rehearsal`);
    expect(shown.text).not.toContain(SECRET);
    expect(shown.text).not.toContain('KIN');
    expect(shown.body.placements).toMatchObject({ all: 5, hidden: 1 });
    const told = await ask(cleared, 'GET', `reorganisations/${id}/rehearsal`);
    expect(told.text).toContain(SECRET);
    expect(told.body.placements.hidden).toBe(0);
  });

  it('open work is counted where the record is not the reader’s to read', async () => {
    const leader = await api.account('chi-duyet', [['UNIT_LEADER', 'TLD']]).then(() => api.signIn('chi-duyet'));
    const viewer = await api.account('chi-xem', [['LEADERSHIP_VIEWER', 'TLD']]).then(() => api.signIn('chi-xem'));
    expect((await must(leader, 'GET', `reorganisations/${id}/open-work`)).sums).toMatchObject([
      { kind: 'DOSSIER', count: 1, undecided: 1 },
    ]);
    const seen = await ask(viewer, 'GET', `reorganisations/${id}/open-work`);
    expect(seen.text).not.toContain('Dự thảo của A1');
    expect(seen.body).toMatchObject({ items: [], hidden: 1 });
  });

  it('an unknown unit and one outside are the same to whoever prepares', async () => {
    const plan = (unit: string) => ({
      title: 'Đổi tên đơn vị',
      kind: 'RENAME',
      from: '2026-07-01',
      name: 'Tên mới',
      units: [unit],
    });
    const [other, none] = [
      await ask(inside, 'POST', 'reorganisations', plan('CS-B1')),
      await ask(inside, 'POST', 'reorganisations', plan('KHONG-CO')),
    ];
    expect(other.status).toBe(404);
    expect(other.text).toBe(none.text);
    // One's own unit is changed from above.
    expect((await ask(inside, 'POST', 'reorganisations', plan('TINH-A'))).status).toBe(403);
    expect((await ask(inside, 'POST', 'reorganisations', plan('CS-A1'))).status).toBe(201);
  });
});
