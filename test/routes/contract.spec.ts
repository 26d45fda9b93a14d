import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateContract, TYPES } from '../../apps/web/contract.js';
import { testApi, type TestApi } from '../support/api.js';

const ROOT = join(import.meta.dirname, '../..');

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: object;
}

let api: TestApi;
// oxlint-disable-next-line typescript/no-explicit-any -- the contract is looked into at every depth
let contract: any;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  contract = (await api.inject('GET', '/api/openapi.json')).body;
});
afterAll(() => api?.close());

/** The command as an operator runs it, without any setting: it needs no database. */
function ops(...args: string[]): Promise<{ code: number; said: string }> {
  const program = [join(ROOT, 'dist/apps/ops/src/main.js'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { cwd: ROOT, env: { PATH: process.env['PATH'] } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

describe('the contract', () => {
  it('is what the sources say: run `npm run ops -- openapi` after a change', async () => {
    const [committed, other] = await Promise.all([
      ops('openapi', '--check'),
      ops('openapi', '--check', 'package.json'),
    ]);
    expect(committed).toEqual({ code: 0, said: '' });
    expect(other).toEqual({ code: 1, said: 'package.json khác với mã nguồn. Hãy chạy: npm run ops -- openapi\n' });
  });

  it('is what the web page is compiled against: run `npm run build:web` after a change', async () => {
    // Compared as a whole: a difference of thousands of lines tells nothing in a test's report.
    expect((await generateContract()) === (await readFile(TYPES, 'utf8'))).toBe(true);
  });

  it('is served as it is committed', async () => {
    expect(contract).toEqual(JSON.parse(await readFile(join(ROOT, 'openapi.json'), 'utf8')));
    expect(contract.openapi).toBe('3.1.0');
  });

  it('describes inputs by the checks that guard them', () => {
    const { schemas } = contract.components;
    expect(schemas.CreateAccountInput).toMatchObject({
      required: ['username', 'name', 'password', 'grants'],
      properties: {
        username: { type: 'string', pattern: expect.any(String) },
        grants: { type: 'array', minItems: 1, maxItems: 50, items: { $ref: '#/components/schemas/GrantInput' } },
      },
    });
    expect(schemas.AwardFormInput.properties).toMatchObject({
      validFrom: { type: 'string', format: 'date' },
      recipientClasses: {
        type: 'array',
        items: { type: 'string', enum: ['COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD'] },
      },
    });
  });

  it('describes answers by the types that the handlers return', () => {
    const { schemas } = contract.components;
    const answer = (path: string, method: string, status: number) =>
      contract.paths[path][method].responses[status].content['application/json'].schema;
    expect(answer('/api/award-batches/{id}', 'get', 200)).toEqual({ $ref: '#/components/schemas/BatchView' });
    expect(answer('/api/summaries', 'get', 200)).toEqual({ $ref: '#/components/schemas/Summary' });
    expect(answer('/api/summaries', 'get', 202)).toEqual({ $ref: '#/components/schemas/Computing' });
    expect(schemas.Gender).toEqual({ type: 'string', enum: ['MALE', 'FEMALE'] });
    expect(schemas.PersonView.properties).toMatchObject({
      birthYear: { type: ['number', 'null'] },
      gender: { anyOf: [{ $ref: '#/components/schemas/Gender' }, { type: 'null' }] },
    });
    expect(schemas.HistoryView.properties.at).toEqual({ type: 'string', format: 'date-time' });
  });

  it('says of every route what it answers, and how it refuses', () => {
    const silent: string[] = [];
    for (const [path, operations] of Object.entries<Record<string, Operation>>(contract.paths)) {
      for (const [method, { responses, requestBody }] of Object.entries(operations)) {
        const accepts = Object.entries(responses).filter(([status]) => Number(status) < 300);
        const isTold = accepts.every(([status, { content }]) => status === '204' || content);
        if (accepts.length === 0 || !isTold || (requestBody && !responses['400'])) silent.push(`${method} ${path}`);
      }
    }
    expect(silent).toEqual([]);
  });
});
