import { ROLES } from '@lib/kernel';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
}

/** Sits in the demonstration, so that what is well formed also reaches the tables. */
const UNIT = 'MH-LDLD';
const HOSTILE: readonly unknown[] = [
  null,
  '',
  '   ',
  -1,
  0,
  1,
  1.5,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e300,
  true,
  [],
  {},
  [null],
  [[]],
  'x'.repeat(100_000),
  Array.from({ length: 20_000 }, () => 1),
  '9999-12-31',
  '0001-01-01',
  '2026-13-01',
  '2026-01-01',
  "'; DROP TABLE dossier; --",
  '%_\\|:&!()<->*',
  'Tiếng Việt'.normalize('NFD'),
  '\u202etxet',
  '__proto__',
  'constructor',
  'Infinity',
  'NaN',
  '00000000-0000-4000-8000-000000000000',
];
const IN_ADDRESS: readonly string[] = [
  '',
  '0',
  '-1',
  '1',
  '1.5',
  'NaN',
  '1e3',
  '2147483648',
  '999999999999999999999',
  '9007199254740993',
  '1.1.1',
  '1_1',
  '2026-01-01_1',
  '2026-02-30_1',
  '0.0',
  'a|b|c',
  'o:1|2',
  '|',
  ':',
  'campaign:1',
  'campaign:999999999',
  'campaign:1:GRASSROOTS_UNION',
  'GIAY_KHEN|u:1',
  'GIAY_KHEN|l:UNKNOWN',
  '%25',
  "'",
  "1' OR '1'='1",
  'x'.repeat(3_000),
  '9999-12-31',
  '2026-01-01',
  'true',
  '[object Object]',
  'eyJpZCI6MX0',
  '%F0%9F%98%80',
  'e%CC%81',
];

/** What is sent may be anything: the answer is a refusal that says what is wrong, in Vietnamese, and never a fault. */
describe('nothing that is sent breaks the rooms', () => {
  let api: TestApi;
  let as: string;
  let schemas: Record<string, Schema>;
  let operations: { method: string; path: string; query: string[]; body: Schema | null }[];

  const rooms =
    /^\/api\/(campaigns|events|occasions|blocs|indicators|result-|coverage-|agreements|title-|dossiers|nominations|council|sittings|commendation|tasks|notices|summaries)/;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    const roles = ROLES.filter((role) => role !== 'SYSTEM_ADMIN');
    await api.account('moi-vai', [...roles.map((role) => [role, UNIT] as const), ['SYSTEM_ADMIN', UNIT]]);
    as = await api.signIn('moi-vai');
    const document = openApiDocument(api.app);
    schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
    operations = Object.entries(document.paths as Record<string, Record<string, Operation>>)
      .filter(([path]) => rooms.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          method: method.toUpperCase(),
          path,
          query: (operation.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name] : [])),
          body: operation.requestBody?.content['application/json']?.schema ?? null,
        })),
      );
  });
  afterAll(() => api?.close());

  const real = (schema: Schema): Schema => (schema.$ref ? (schemas[schema.$ref.split('/').pop() ?? ''] ?? {}) : schema);

  /** Something well formed of this kind. */
  function sample(name: string, given: Schema): unknown {
    const schema = given.anyOf ? real(given.anyOf.find((one) => one.type !== 'null') ?? {}) : real(given);
    const type = [schema.type].flat().find((one) => one !== 'null');
    if (schema.enum) return schema.enum[0];
    if (type === 'object' || schema.properties)
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, sample(key, one)]));
    if (type === 'array') return [sample(name, schema.items ?? {})];
    if (type === 'integer' || type === 'number') return /year/i.test(name) ? 2026 : 1;
    if (type === 'boolean') return false;
    if (schema.format === 'date') return '2026-05-05';
    if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000001';
    if (/unit|organiser|head/i.test(name)) return UNIT;
    if (/form/i.test(name)) return 'GIAY_KHEN';
    return 'MAU-1';
  }

  /** Every place of a body, with what may stand there instead. */
  function places(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
    if (Array.isArray(value)) return [[...path], ...value.flatMap((one, index) => places(one, [...path, index]))];
    if (typeof value === 'object' && value !== null)
      return [[...path], ...Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))];
    return [[...path]];
  }

  function put(value: unknown, [step, ...rest]: readonly (string | number)[], instead: unknown): unknown {
    if (step === undefined) return instead;
    const copy: Record<string | number, unknown> = Array.isArray(value)
      ? ([...value] as never)
      : { ...(value as object) };
    copy[step] = put(copy[step], rest, instead);
    return copy;
  }

  const wrong = ({ status, body, text }: TestAnswer): string | null => {
    if (status < 400) return null;
    if (status >= 500) return `${status} ${text}`;
    const said = body?.details as { code: string; message: string; field: string | null }[] | undefined;
    const spoken = [body, ...(said ?? [])].every(
      (one) =>
        /^[a-z_]+\.[a-z_]+$/.test(one?.code) &&
        /[ạảấầậáàếệểễốộứựừờợớưđóòọăâêôơíìịúùý]/i.test(one?.message) &&
        one?.field !== undefined,
    );
    return spoken ? null : `${status} ${text}`;
  };
  const at = (path: string, id: string): string => path.replace('{unit}', UNIT).replace(/\{\w+\}/g, id);

  test('bodies', async () => {
    const found: string[] = [];
    for (const { method, path, body } of operations) {
      if (!body) continue;
      const whole = sample('', body);
      const tries = [
        undefined,
        null,
        [],
        'x',
        7,
        { ...(whole as object), giaTriLa: 1 },
        // Each place gets every seventh value, others than its neighbour: the same place of many routes gets all.
        ...places(whole).flatMap((place, index) =>
          HOSTILE.filter((_, turn) => (turn + index + path.length) % 7 === 0).map((instead) =>
            put(whole, place, instead),
          ),
        ),
      ];
      for (const id of ['1', '2']) {
        for (const sent of id === '1' ? tries : [whole]) {
          const answer = await api.inject(method, at(path, id), { as, body: sent });
          const said = wrong(answer);
          if (said) found.push(`${method} ${path} ${JSON.stringify(sent)?.slice(0, 300)}: ${said.slice(0, 300)}`);
        }
      }
    }
    expect(found).toEqual([]);
  }, 600_000);

  test('addresses', async () => {
    const found: string[] = [];
    for (const { method, path, query } of operations) {
      if (method === 'DELETE' || /readiness|copies/.test(path)) continue;
      for (const id of path.includes('{')
        ? IN_ADDRESS.filter((one, turn) => one && (turn + path.length) % 3 === 0)
        : []) {
        const url = path.replace(/\{\w+\}/g, id.includes('%') ? id : encodeURIComponent(id));
        const said = wrong(await api.inject(method, url, { as, ...(method === 'GET' ? {} : { body: {} }) }));
        if (said) found.push(`${method} ${url.slice(0, 200)}: ${said.slice(0, 300)}`);
      }
      if (method !== 'GET') continue;
      const base = ['unit=' + UNIT, 'from=2026-01-01', 'to=2026-12-31', 'key=1', 'tab=mine'].filter((one) =>
        query.includes(one.split('=')[0] ?? ''),
      );
      for (const name of query)
        for (const value of IN_ADDRESS.filter((_, turn) => name === 'after' || (turn + path.length) % 3 === 0)) {
          const sent = value.includes('%') ? value : encodeURIComponent(value);
          const url = `${at(path, '1')}?${[...base.filter((one) => !one.startsWith(`${name}=`)), `${name}=${sent}`].join('&')}`;
          for (const asked of value === '1' ? [url, `${url}&${name}=${sent}`] : [url]) {
            const said = wrong(await api.inject('GET', asked, { as }));
            if (said) found.push(`GET ${asked.slice(0, 200)}: ${said.slice(0, 300)}`);
          }
        }
    }
    expect(found).toEqual([]);
  }, 600_000);
});

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> };
}
