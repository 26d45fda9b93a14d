import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** Stands in everything that branch B has, and must never reach anyone of branch A. */
const MARK = 'dauhieubimat';

describe('nominations reach nobody outside', () => {
  let api: TestApi;
  let officerA: string;
  let dossier: number;
  let line: number;
  let registration: number;
  let file: number;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('lan', [
      ['UNION_OFFICER', 'TINH-A'],
      ['UNIT_LEADER', 'TINH-A'],
      ['APPRAISER', 'TINH-A'],
    ]);
    await api.account(MARK, [
      ['UNION_OFFICER', 'TINH-B'],
      ['APPRAISER', 'TINH-B'],
    ]);
    officerA = await api.signIn('lan');
    const officerB = await api.signIn(MARK);
    const post = async (url: string, body: object) => {
      const answer = await api.inject('POST', `/api/${url}`, { as: officerB, body });
      if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${answer.text}`);
      return answer.body;
    };
    const recipient = { personName: `Trần ${MARK}`, birthYear: 1980 };
    registration = (
      await post('title-registrations', {
        unit: 'CS-B1',
        recipient,
        form: 'CSTD_CO_SO',
        year: 2026,
        registeredOn: '2026-01-10',
      })
    ).id;
    dossier = (await post('dossiers', { unit: 'CS-B1', to: { unit: 'TINH-B' }, year: 2026, title: `Hồ sơ ${MARK}` }))
      .dossier.id;
    const saved = await post(`dossiers/${dossier}/nominations`, {
      lines: [{ recipient, form: 'GIAY_KHEN', reason: MARK }],
    });
    line = saved.dossier.dossierLines[0].id;
    file = await attached(officerB);
    await post(`dossiers/${dossier}/papers`, { kind: 'TO_TRINH', fileId: file });
    await post(`dossiers/${dossier}/submission`, { version: 1 });
    await post(`dossiers/${dossier}/receipt`, { version: 2 });
  });
  afterAll(() => api?.close());

  async function attached(as: string): Promise<number> {
    const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="to-trinh.pdf"\r\n\r\n`;
    const payload = Buffer.from(`${head}%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n\r\n--x--\r\n`);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    return (await api.inject('POST', '/api/files', { as, payload, headers })).body.id;
  }
  const ask = (method: string, url: string, body?: object): Promise<TestAnswer> =>
    api.inject(method, `/api/${url}`, { as: officerA, ...(body ? { body } : {}) });

  test.each(['mine', 'received', 'nominees'])('lists of the other branch are empty: %s', async (tab) => {
    for (const list of ['dossiers', 'nominations']) {
      const answer = await ask('GET', `${list}?tab=${tab}`);
      expect([answer.status, answer.body.items]).toEqual([200, []]);
      expect((await ask('GET', `${list}?tab=${tab}&q=${MARK}`)).text).not.toContain(MARK);
      expect((await ask('GET', `${list}?tab=${tab}&unit=CS-B1`)).status).toBe(404);
    }
    expect((await ask('GET', 'title-registrations')).body.items).toEqual([]);
  });

  test('what is outside does not exist, whatever one tries with it', async () => {
    const seen = [{ lineId: line, version: 2 }];
    const person = { recipient: { personName: 'Ai đó' }, form: 'GIAY_KHEN' };
    const tries: [string, string, object?][] = [
      ['GET', `dossiers/${dossier}`],
      ['PUT', `dossiers/${dossier}`, { version: 1, to: { unit: 'TINH-B' }, year: 2026, title: 'Lấy' }],
      ['POST', `dossiers/${dossier}/nominations`, { lines: [person] }],
      ['POST', `dossiers/${dossier}/papers`, { kind: 'KHAC', fileId: file }],
      ['DELETE', `dossiers/${dossier}/papers/1`],
      ['POST', `dossiers/${dossier}/readiness`],
      ['POST', `dossiers/${dossier}/submission`, { version: 3 }],
      ['POST', `dossiers/${dossier}/withdrawal`, { version: 3, reason: 'Thử' }],
      ['POST', `dossiers/${dossier}/receipt`, { version: 3 }],
      [
        'POST',
        `dossiers/${dossier}/returns`,
        { version: 3, whole: true, reasons: [{ field: 'title', reason: 'Thử' }] },
      ],
      ['POST', `dossiers/${dossier}/resubmissions`, { lines: seen }],
      ['POST', `dossiers/${dossier}/appraisal`, { lines: [{ ...seen[0], outcome: 'ACCEPT' }] }],
      ['POST', `dossiers/${dossier}/composition`, { lines: seen }],
      ['POST', `dossiers/${dossier}/taken-out`, { lines: seen }],
      ['POST', `dossiers/${dossier}/sent-back`, { lines: seen }],
      ['POST', `dossiers/${dossier}/answers`, { lines: [{ ...seen[0], outcome: 'DECLINED', reason: 'x' }] }],
      ['GET', `nominations/${line}`],
      ['PUT', `nominations/${line}`, { ...person, version: 1 }],
      ['POST', `nominations/${line}/withdrawal`, { version: 1 }],
      ['POST', `nominations/${line}/confirmations`, { code: 'nominations.open_elsewhere', why: 'Thử' }],
      ['POST', `title-registrations/${registration}/removal`, { reason: 'Thử' }],
      ['GET', `files/${file}`],
    ];
    for (const [method, url, body] of tries) {
      const answer = await ask(method, url, body);
      expect([url, answer.status]).toEqual([url, 404]);
      expect(answer.text).not.toContain(MARK);
    }
  });

  test('one’s own open dossier takes no line of the other branch', async () => {
    const mine = (await ask('POST', 'dossiers', { unit: 'TINH-A', to: { unit: 'TLD' }, year: 2026, title: 'Tổng hợp' }))
      .body.dossier;
    const answer = await ask('POST', `dossiers/${mine.id}/composition`, { lines: [{ lineId: line, version: 2 }] });
    expect(answer.status).toBe(404);
  });

  test('the unit of a nominee sees its own line of somebody else’s dossier, and nothing more of it', async () => {
    const officer = await api.signIn('lan');
    const as = (body: object, url: string) => api.inject('POST', `/api/${url}`, { as: officer, body });
    const { dossier: own } = (
      await as(
        { unit: 'TINH-A', to: { unit: 'TLD' }, year: 2026, title: 'Của tỉnh', note: 'Ghi chú riêng' },
        'dossiers',
      )
    ).body;
    const lines = [
      { recipient: { personName: 'Người A1', birthYear: 1980 }, unit: 'CS-A1', form: 'BANG_KHEN' },
      { recipient: { personName: 'Người A2', birthYear: 1980 }, unit: 'CS-A2', form: 'BANG_KHEN' },
    ];
    await as({ lines }, `dossiers/${own.id}/nominations`);
    await api.account('a1', [['UNION_OFFICER', 'CS-A1']]);
    const a1 = await api.signIn('a1');
    expect((await api.inject('GET', `/api/dossiers/${own.id}`, { as: a1 })).status).toBe(404);
    await as({ version: 1 }, `dossiers/${own.id}/submission`);
    const seen = (await api.inject('GET', `/api/dossiers/${own.id}`, { as: a1 })).body;
    expect([seen.whole, seen.note, seen.history, seen.may]).toEqual([false, null, [], []]);
    expect(seen.dossierLines.map((one: { name: string }) => one.name)).toEqual(['Người A1']);
    expect((await api.inject('GET', '/api/dossiers?tab=mine', { as: a1 })).body.items).toEqual([]);
    expect((await api.inject('GET', '/api/nominations?tab=nominees', { as: a1 })).body.items).toHaveLength(1);
  });
});
