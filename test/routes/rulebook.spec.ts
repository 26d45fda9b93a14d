import { reader } from '@lib/platform';
import { Rulebook } from '@lib/rulebook';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let admin: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('quan-tri', [['SYSTEM_ADMIN', 'TLD']]);
  await api.account('lan', [['UNION_OFFICER', 'TINH-A']]);
  admin = await api.signIn('quan-tri');
});
afterAll(() => api?.close());

const book = () => api.app.get(Rulebook);
const formOn = (code: string, day: string) => book().formOn(reader(api.db.source), code, day);

describe('the rulebook', () => {
  it('answers with the text that was in force on the day', async () => {
    expect(await formOn('BANG_LDST', '2019-11-11')).toMatchObject({
      verified: false,
      validFrom: null,
      validTo: '2019-11-12',
    });
    expect(await formOn('BANG_LDST', '2019-11-12')).toMatchObject({
      source: expect.stringContaining('1689'),
      verified: true,
    });
    expect(await formOn('BANG_LDST', '2024-05-28')).toMatchObject({ source: expect.stringContaining('1689') });
    expect(await formOn('BANG_LDST', '2024-05-29')).toMatchObject({
      source: expect.stringContaining('999'),
      verified: false,
      validTo: null,
    });
    expect(await formOn('CSTD_CO_SO', '2023-12-31')).toMatchObject({ kind: 'TITLE', verified: false });
    expect(await formOn('CSTD_CO_SO', '2024-01-01')).toMatchObject({ verified: true });
    expect(await formOn('CSTD_CO_SO', '2026-10-01')).toMatchObject({
      source: expect.stringContaining('06/2026/QH16'),
      verified: false,
    });
    expect(await formOn('KHONG_CO', '2024-01-01')).toBeNull();
  });

  it('holds one row per code on every day since the seeds, the unknown form always', async () => {
    for (const day of [
      '2018-01-01',
      '2020-05-15',
      '2022-07-20',
      '2023-12-06',
      '2024-07-16',
      '2026-11-21',
      '2030-01-01',
    ]) {
      const codes = (await book().forms(reader(api.db.source), day)).map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      expect(codes).toEqual(
        expect.arrayContaining([
          'BANG_KHEN',
          'GIAY_KHEN',
          'KY_NIEM_CHUONG',
          'BANG_LDST',
          'CO_THI_DUA_TLD',
          'GIAI_THUONG_NGUYEN_DUC_CANH',
          'UNKNOWN',
        ]),
      );
      const types = (await book().types(reader(api.db.source), day)).map(({ code }) => code);
      expect(types.sort()).toEqual(['AD_HOC', 'CAMPAIGN', 'EXTERNAL', 'MERIT', 'SENIORITY', 'SERVICE', 'THEMATIC']);
    }
    expect(await book().formKnown(reader(api.db.source), 'UNKNOWN')).toMatchObject({
      name: 'Khen thưởng, chưa rõ hình thức',
      verified: true,
    });
  });

  it('is changed by a new dated row, which may not overlap another of its code', async () => {
    const row = {
      code: 'BANG_KHEN_MOI',
      name: 'Bằng khen mới',
      kind: 'AWARD',
      source: 'Quyết định thử',
      validFrom: '2027-01-01',
    };
    const added = await api.inject('POST', '/api/rulebook/forms', { as: admin, body: row });
    expect([added.status, added.body.verified, added.body.validTo]).toEqual([201, false, null]);
    const again = await api.inject('POST', '/api/rulebook/forms', {
      as: admin,
      body: { ...row, validFrom: '2028-01-01' },
    });
    expect([again.status, again.body.code, again.body.field]).toEqual([409, 'rulebook.overlaps', 'validFrom']);
    const end = { validTo: '2028-01-01', reason: 'Quy chế mới' };
    const ended = await api.inject('PUT', `/api/rulebook/forms/${added.body.id}/end`, { as: admin, body: end });
    expect(ended.body.validTo).toBe('2028-01-01');
    expect(
      (await api.inject('PUT', `/api/rulebook/forms/${added.body.id}/end`, { as: admin, body: end })).body.code,
    ).toBe('rulebook.already_closed');
    expect(
      (await api.inject('POST', '/api/rulebook/forms', { as: admin, body: { ...row, validFrom: '2028-01-01' } }))
        .status,
    ).toBe(201);
    expect(await formOn('BANG_KHEN_MOI', '2026-12-31')).toBeNull();
  });

  it('refuses an end before the beginning, another kind for a known code, and to lose the unknown form', async () => {
    const post = (body: object) => api.inject('POST', '/api/rulebook/forms', { as: admin, body });
    const row = {
      code: 'THU',
      name: 'Thử',
      kind: 'AWARD',
      source: 'x',
      validFrom: '2027-01-01',
      validTo: '2027-01-01',
    };
    expect((await post(row)).body).toMatchObject({ code: 'rulebook.ends_before_it_begins', field: 'validTo' });
    expect((await post({ ...row, code: 'BANG_LDST', kind: 'TITLE', validTo: null })).body).toMatchObject({
      code: 'rulebook.kind_differs',
    });
    const unknown = await formOn('UNKNOWN', '2026-01-01');
    const end = await api.inject('PUT', `/api/rulebook/forms/${unknown!.id}/end`, {
      as: admin,
      body: { validTo: '2030-01-01', reason: 'x' },
    });
    expect(end.body.code).toBe('rulebook.always_valid');
  });

  it('is read by officers and changed by none of them', async () => {
    const as = await api.signIn('lan');
    const { body } = await api.inject('GET', '/api/rulebook/forms?on=2020-05-15', { as });
    expect(body.items.find(({ code }: { code: string }) => code === 'GIAY_KHEN')).toMatchObject({
      validTo: '2024-01-01',
      recipientClasses: ['COLLECTIVE', 'INDIVIDUAL', 'HOUSEHOLD'],
    });
    const row = { code: 'THU', name: 'Thử', statistical: 'REGULAR', source: 'x', validFrom: '2027-01-01' };
    expect((await api.inject('POST', '/api/rulebook/commendation-types', { as, body: row })).status).toBe(404);
    expect((await api.inject('POST', '/api/rulebook/commendation-types', { as: admin, body: row })).status).toBe(201);
  });
});
