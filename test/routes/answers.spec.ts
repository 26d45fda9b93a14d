import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { DEMO_PASSWORD } from '@lib/access';
import { settle } from '../support/settle.js';
import { testApi, type TestApi } from '../support/api.js';

let api: TestApi;
let officer: string;
let administrator: string;
// oxlint-disable-next-line typescript/no-explicit-any -- the contract is looked into at every depth
let contract: any;
let ajv: Ajv2020;

beforeAll(async () => {
  api = await testApi({ template: 'demo' });
  officer = await api.signIn('tld', DEMO_PASSWORD);
  await api.account('quan-tri', [['SYSTEM_ADMIN', 'TLD']]);
  administrator = await api.signIn('quan-tri');
  contract = whitelisted((await api.inject('GET', '/api/openapi.json')).body);
  ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  ajv.addSchema(contract as AnySchema, 'contract');
});
afterAll(() => api?.close());

/** Views are whitelists: what is not described is not sent. */
function whitelisted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(whitelisted);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, whitelisted(value)]));
  return 'properties' in copy && 'type' in copy ? { additionalProperties: false, ...copy } : copy;
}

function answerOf(method: string, path: string, status: number): ValidateFunction {
  const response = contract.paths[path]?.[method.toLowerCase()]?.responses[status];
  const common = /^#\/components\/responses\/(\w+)$/.exec(response?.$ref ?? '')?.[1];
  const steps = common
    ? ['components', 'responses', common]
    : ['paths', path, method.toLowerCase(), 'responses', String(status)];
  const pointer = [...steps, 'content', 'application/json', 'schema'].map((step) =>
    encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1')),
  );
  return ajv.compile({ $ref: `contract#/${pointer.join('/')}` });
}

interface Asked {
  readonly as?: string;
  readonly body?: unknown;
  readonly status?: number;
}

/** Asks, and says where the answer is not what the contract promises of that path. */
async function deviations(method: string, path: string, url: string, asked: Asked = {}): Promise<string[]> {
  const { as = officer, body, status = 200 } = asked;
  const answer = await api.inject(method, `/api${url}`, { as, body });
  if (answer.status !== status) return [`${method} ${url} ${answer.status}`];
  const isPromised = answerOf(method, `/api${path}`, status);
  if (isPromised(answer.body)) return [];
  return (isPromised.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${method} ${path} ${instancePath.replace(/\d+/g, '*')} ${message} ${JSON.stringify(params)}`,
  );
}

async function ids(url: string): Promise<number[]> {
  const { body } = await api.inject('GET', `/api${url}`, { as: officer });
  return (body.items as { id: number }[]).map(({ id }) => id);
}

describe('answers on the demonstration data are what the contract promises', () => {
  it('of units, people, rules, accounts and the session', async () => {
    const wrong = [
      await deviations('GET', '/health', '/health'),
      await deviations('GET', '/session', '/session'),
      await deviations('GET', '/accounts', '/accounts', { as: administrator }),
      await deviations('GET', '/units', '/units'),
      await deviations('GET', '/units', '/units?parent=TLD'),
      await deviations('GET', '/units/search', '/units/search?q=cong%20an'),
      await deviations('GET', '/units/{code}', '/units/TLD'),
      await deviations('GET', '/units/{code}', '/units/CDCAND'),
      await deviations('GET', '/outside-bodies', '/outside-bodies'),
      await deviations('GET', '/people', '/people'),
      await deviations('GET', '/rulebook/forms', '/rulebook/forms'),
      await deviations('GET', '/rulebook/commendation-types', '/rulebook/commendation-types'),
    ];
    expect(wrong.flat()).toEqual([]);
  });

  it('of the register: every batch', async () => {
    const wrong = [
      await deviations('GET', '/awards', '/awards'),
      await deviations('GET', '/award-batches', '/award-batches'),
    ];
    const all = await ids('/award-batches?limit=200');
    expect(all.length).toBeGreaterThan(10);
    for (const id of all) wrong.push(await deviations('GET', '/award-batches/{id}', `/award-batches/${id}`));
    expect([...new Set(wrong.flat())]).toEqual([]);
  });

  it('of summaries, while they are computed and after', async () => {
    const question = 'unit=TLD&from=2020-01-01&to=2023-12-31';
    const wrong = [await deviations('GET', '/summaries', `/summaries?${question}`, { status: 202 })];
    await settle(api.app);
    wrong.push(await deviations('GET', '/summaries', `/summaries?${question}`));
    wrong.push(await deviations('GET', '/summaries/records', `/summaries/records?${question}&block=awards`));
    wrong.push(await deviations('GET', '/summaries/status', '/summaries/status'));
    expect([...new Set(wrong.flat())]).toEqual([]);
  });

  it('of refusals', async () => {
    const wrong = [
      await deviations('GET', '/units/{code}', '/units/KHONG-CO', { status: 404 }),
      await deviations('GET', '/session', '/session', { as: '', status: 401 }),
      await deviations('POST', '/units', '/units', { body: { code: 1 }, status: 400 }),
      await deviations('POST', '/session', '/session', {
        body: { username: 'tld', password: 'sai-mat-khau' },
        status: 401,
      }),
    ];
    expect(wrong.flat()).toEqual([]);
  });

  it('is a test that notices', async () => {
    const isUnit = ajv.compile({ $ref: 'contract#/components/schemas/UnitRef' });
    const unit = { code: 'TLD', name: 'Tổng Liên đoàn', level: 'CONFEDERATION' };
    expect([isUnit(unit), isUnit({ ...unit, id: 1 }), isUnit({ ...unit, level: 'KINGDOM' })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
