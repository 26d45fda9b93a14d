import { openApiDocument } from '../../apps/api/src/openapi.js';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** Stands in everything that branch B has, and must never reach anyone of branch A. */
const MARK = 'dauhieubimat';

let api: TestApi;
let officerA: string;
let officerB: string;
let batch: number;
let line: number;
let person: number;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('lan', [
    ['UNION_OFFICER', 'TINH-A'],
    ['CLERK', 'TINH-A'],
    ['AUDITOR', 'TINH-A'],
    ['SYSTEM_ADMIN', 'TINH-A'],
  ]);
  await api.account(MARK, [
    ['UNION_OFFICER', 'TINH-B'],
    ['CLERK', 'TINH-B'],
  ]);
  officerA = await api.signIn('lan');
  officerB = await api.signIn(MARK);
  await fillB();
});
afterAll(() => api?.close());

async function fillB(): Promise<void> {
  const post = async (url: string, body: object) => {
    const answer = await api.inject('POST', url, { as: officerB, body });
    if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  await post('/api/units', { code: 'MAT-B2', name: `Công đoàn ${MARK}`, level: 'GRASSROOTS_UNION', parent: 'TINH-B' });
  await post('/api/units/MAT-B2/offices', { code: 'VP-MAT', name: `Văn phòng ${MARK}` });
  await post('/api/units/MAT-B2/strengths', {
    asOf: '2024-01-01',
    kind: 'MEMBERS',
    value: 41,
    qualifier: 'EXACT',
    source: MARK,
  });
  person = (await post('/api/people', { name: `Trần Văn ${MARK}`, birthYear: 1980, gender: 'FEMALE', unit: 'MAT-B2' }))
    .id;
  const recorded = await post('/api/award-batches', {
    kind: 'AWARD',
    form: 'GIAY_KHEN',
    formCertainty: 'STATED',
    campaign: MARK,
    conferring: [{ unit: 'TINH-B' }],
    unit: 'MAT-B2',
    when: { from: '2024-05-01', to: '2024-05-01', basis: 'DECISION' },
    stated: { collectives: 2, individuals: 3, women: 1 },
    lines: [{ recipient: { person }, reason: MARK }],
  });
  batch = recorded.batch.id;
  line = recorded.batch.lines[0].id;
}

/** Every GET of the contract, asked about B's own things and about nothing in particular; workbooks are opened in exports-leaks. */
function questions(): string[] {
  const period = 'from=2024-01-01&to=2024-12-31';
  const queries = [
    '',
    `?q=${MARK}`,
    '?unit=MAT-B2',
    '?parent=MAT-B2',
    `?unit=MAT-B2&${period}`,
    `?unit=TINH-B&${period}`,
    '?parent=TINH-B',
    '?on=2024-06-01',
  ];
  const paths = Object.entries(openApiDocument(api.app).paths).filter(
    ([path, operations]) => operations.get && !path.endsWith('/xlsx'),
  );
  return paths.flatMap(([path]) => {
    const asked = path.includes('{')
      ? ['MAT-B2', 'TINH-B', batch, line, person].map((value) => path.replace(/\{\w+\}/g, String(value)))
      : [path];
    return asked.flatMap((one) => queries.map((query) => one + query));
  });
}

/** All of them, a few at a time: thousands of connections at once would be turned away. */
async function answers(as: string): Promise<{ url: string; status: number; text: string }[]> {
  const waiting = questions();
  const given: { url: string; status: number; text: string }[] = [];
  const ask = async () => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const { status, text } = await api.inject('GET', url, { as });
      given.push({ url, status, text });
    }
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  return given;
}

describe('what belongs to another branch', () => {
  it('is there, for those it belongs to', async () => {
    const seen = await answers(officerB);
    expect(seen.filter(({ text }) => text.includes(MARK)).length).toBeGreaterThan(15);
  });

  it('reaches nobody outside by any reading route', async () => {
    const leaks = (await answers(officerA)).filter(({ status, text }) => text.includes(MARK) || status >= 500);
    expect(leaks.map(({ status, url }) => `${status} ${url}`)).toEqual([]);
  });

  it('does not exist for any changing route either, and stays as it was', async () => {
    const before = await api.inject('GET', `/api/award-batches/${batch}`, { as: officerB });
    const attempts: [string, string, object][] = [
      ['POST', `/api/award-batches/${batch}/corrections`, { reason: 'ghi nhầm', changes: { campaign: 'khac' } }],
      ['POST', `/api/award-batches/${batch}/revocations`, { reason: 'ghi nhầm', whole: true }],
      ['POST', `/api/award-batches/${batch}/lines`, { lines: [{ recipient: { unit: 'CS-A1' } }] }],
      ['POST', `/api/award-batches/${batch}/lines/${line}/removal`, { reason: 'ghi nhầm' }],
      ['PUT', `/api/award-batches/${batch}/part-of`, { partOf: null }],
      ['POST', '/api/units', { code: 'CHEN', name: 'Chen', level: 'GRASSROOTS_UNION', parent: 'MAT-B2' }],
      ['POST', '/api/units/MAT-B2/versions', { from: '2025-01-01', name: 'khac' }],
      [
        'POST',
        '/api/units/MAT-B2/strengths',
        { asOf: '2025-01-01', kind: 'MEMBERS', value: 1, qualifier: 'EXACT', source: 'x' },
      ],
      ['POST', '/api/units/MAT-B2/offices', { code: 'VP-X', name: 'x' }],
      ['POST', '/api/people', { name: 'Chen Vào', unit: 'MAT-B2' }],
      [
        'POST',
        '/api/award-batches',
        {
          kind: 'AWARD',
          form: 'GIAY_KHEN',
          formCertainty: 'STATED',
          conferring: [{ unit: 'TINH-A' }],
          unit: 'MAT-B2',
          stated: { individuals: 1 },
          when: { from: '2024-05-01', to: '2024-05-01', basis: 'DECISION' },
        },
      ],
      [
        'POST',
        '/api/award-batches',
        {
          kind: 'AWARD',
          form: 'GIAY_KHEN',
          formCertainty: 'STATED',
          conferring: [{ unit: 'TINH-A' }],
          unit: 'CS-A1',
          when: { from: '2024-05-01', to: '2024-05-01', basis: 'DECISION' },
          lines: [{ recipient: { person } }],
        },
      ],
      [
        'POST',
        '/api/award-batches',
        {
          kind: 'AWARD',
          form: 'GIAY_KHEN',
          formCertainty: 'STATED',
          conferring: [{ unit: 'TINH-A' }],
          unit: 'CS-A1',
          when: { from: '2024-05-01', to: '2024-05-01', basis: 'DECISION' },
          partOf: batch,
          stated: { individuals: 1 },
        },
      ],
    ];
    const passed: string[] = [];
    for (const [method, url, body] of attempts) {
      const { status, text } = await api.inject(method, url, { as: officerA, body });
      if (status !== 404 || text.includes(MARK))
        passed.push(`${status} ${method} ${url} ${JSON.stringify(body)} ${text}`);
    }
    expect(passed).toEqual([]);
    expect((await api.inject('GET', `/api/award-batches/${batch}`, { as: officerB })).body).toEqual(before.body);
  });
});
