import type { ExecutionContext } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { AccessGuard, SESSION_COOKIE, Sessions } from '@lib/access';
import { ROLE_PERMISSIONS, type Permission } from '@lib/kernel';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** Everything that answers without a session. A route that should join this list is a decision, not an accident. */
const PUBLIC = [
  'GET /api/docs',
  'GET /api/docs/favicon-32x32.png',
  'GET /api/docs/start.js',
  'GET /api/docs/swagger-ui-bundle.js',
  'GET /api/docs/swagger-ui.css',
  'GET /api/health',
  'GET /api/openapi.json',
  'POST /api/session',
];

const ONLY_SIGNED_IN = [
  'DELETE /api/session',
  'GET /api/handovers/preview',
  'GET /api/notices',
  'GET /api/notices/unread',
  'GET /api/session',
  'GET /api/session/colleagues',
  'GET /api/session/delegations',
  'GET /api/session/mail',
  'GET /api/tasks',
  'GET /api/tasks/counts',
  'POST /api/handovers',
  'POST /api/session/delegations',
  'PUT /api/notices/:id/read',
  'PUT /api/notices/read',
  'PUT /api/session/acting',
  'PUT /api/session/delegations/:id/revoked',
  'PUT /api/session/mail',
  'PUT /api/session/password',
];

let api: TestApi;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('khong-vai-tro', []);
  await api.account('quan-tri', [['SYSTEM_ADMIN', 'TLD']]);
});
afterAll(() => api?.close());

function routes(): { method: string; url: string; name: string }[] {
  return api.routes
    .filter(({ method, url }) => method !== 'HEAD' && url !== '*')
    .map(({ method, url }) => ({ method, url: url.replace(/:\w+/g, '1'), name: `${method} ${url}` }));
}

describe('the route table', () => {
  it('answers 401 to whoever is signed out, but for the public routes', async () => {
    const open: string[] = [];
    for (const { method, url, name } of routes()) {
      const { status } = await api.inject(method, url, { body: method === 'GET' ? undefined : {} });
      if (status !== 401 && status !== 404) open.push(name);
      else if (status === 404) throw new Error(`${name} is not a route`);
    }
    // Signing in with nothing at all is refused as bad input: it is open, and says 400.
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('answers 401 to a token that nobody was given', async () => {
    const [{ status }, other] = [
      await api.inject('GET', '/api/people', { as: 'A'.repeat(43) }),
      await api.inject('GET', '/api/people', { as: '' }),
    ];
    expect([status, other.status]).toEqual([401, 401]);
  });

  it('answers 404 to whoever holds no permission at all', async () => {
    const as = await api.signIn('khong-vai-tro');
    const answered: string[] = [];
    for (const { method, url, name } of routes()) {
      if (PUBLIC.includes(name) || ONLY_SIGNED_IN.includes(name)) continue;
      const { status } = await api.inject(method, url, { as, body: method === 'GET' ? undefined : {} });
      if (status !== 404) answered.push(`${name} ${status}`);
    }
    expect(answered).toEqual([]);
  });

  it('names in the contract what each route asks for, and holds a system administrator away from business data', async () => {
    const as = await api.signIn('quan-tri');
    const held: readonly string[] = ROLE_PERMISSIONS.SYSTEM_ADMIN;
    const answered: string[] = [];
    for (const [path, operations] of Object.entries(openApiDocument(api.app).paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const access = (operation as Record<string, unknown>)['x-access'] as
          Permission | 'public' | 'signed_in' | undefined;
        if (!access) throw new Error(`${method} ${path} names no permission`);
        if (access === 'public' || access === 'signed_in' || held.includes(access)) continue;
        const answer = await api.inject(method.toUpperCase(), path.replace(/\{\w+\}/g, '1'), {
          as,
          body: method === 'get' ? undefined : {},
        });
        if (answer.status !== 404) answered.push(`${method} ${path} ${answer.status}`);
      }
    }
    expect(answered).toEqual([]);
  });

  it('denies a handler that forgot to name its permission, to everyone', async () => {
    const guard = new AccessGuard(api.app.get(Reflector), api.app.get(Sessions), api.app.get(ModuleRef));
    const token = await api.signIn('quan-tri');
    const forgetful = (cookies: Record<string, string>): ExecutionContext =>
      ({
        getHandler: () => () => undefined,
        switchToHttp: () => ({ getRequest: () => ({ headers: {}, cookies }) }),
      }) as unknown as ExecutionContext;
    await expect(guard.canActivate(forgetful({ [SESSION_COOKIE]: token }))).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(guard.canActivate(forgetful({}))).rejects.toMatchObject({ kind: 'signed_out' });
  });

  it('knows no other addresses: 404 as JSON', async () => {
    const answer = await api.inject('GET', '/api/khong-co');
    expect([answer.status, answer.body.code]).toEqual([404, 'route.not_found']);
  });
});
