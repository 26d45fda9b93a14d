import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';

/** What cannot be is refused whole, with a code, the field and a Vietnamese sentence; what may be is warned about. */
describe('bad input', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('mh-can-bo', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const BATCH = {
    kind: 'AWARD',
    form: 'GIAY_KHEN',
    unit: 'MH-CDN-GD',
    conferring: [{ unit: 'MH-CDN-GD' }],
    when: { from: '2026-10-01', to: '2026-10-01', basis: 'DECISION' },
    stated: { collectives: 1, individuals: 2 },
  };
  const post = (url: string, body: object): Promise<TestAnswer> =>
    api.inject('POST', `/api/${url}`, { as: officer, body });
  const record = (changes: object): Promise<TestAnswer> => post('award-batches', { ...BATCH, ...changes });
  const stored = async (): Promise<string> => {
    const tables = [
      'award_batch',
      'award_line',
      'figure_inbox',
      'figure_entry',
      'unit',
      'unit_version',
      'unit_change',
      'person',
      'audit',
    ];
    const counts = await Promise.all(
      tables.map((table) => api.db.source.query(`SELECT count(*)::int AS n FROM ${table}`)),
    );
    return counts.map(([row]) => row.n).join();
  };
  const refusal = (answer: TestAnswer): unknown => [answer.status, answer.body.code, answer.body.field];

  test.each([
    ['an unknown form', { form: 'KHONG_CO' }, 400, 'awards.unknown_form', 'form'],
    ['a form of another kind', { form: 'LDTT' }, 400, 'awards.form_of_other_kind', 'form'],
    [
      'to before from',
      { when: { from: '2026-10-02', to: '2026-10-01', basis: 'DECISION' } },
      400,
      'awards.interval_reversed',
      'when.to',
    ],
    [
      'a day that is none',
      { when: { from: '2026-02-30', to: '2026-03-01', basis: 'DECISION' } },
      400,
      expect.any(String),
      'when.from',
    ],
    [
      'a day to come',
      { when: { from: '2099-01-01', to: '2099-01-01', basis: 'DECISION' } },
      400,
      'awards.in_the_future',
      'when.from',
    ],
    ['a negative count', { stated: { individuals: -1 } }, 400, expect.any(String), 'stated.individuals'],
    ['a count that is no integer', { stated: { individuals: 1.5 } }, 400, expect.any(String), 'stated.individuals'],
    ['a count that is text', { stated: { individuals: '2' } }, 400, expect.any(String), 'stated.individuals'],
    ['nothing counted', { stated: null }, 400, 'awards.nothing_counted', 'stated'],
    [
      'more women than individuals',
      { stated: { individuals: 2, women: 3 } },
      400,
      'awards.more_women_than_individuals',
      'stated.women',
    ],
    ['an unknown property', { giaiThuong: 1 }, 400, 'input.unknown_property', 'giaiThuong'],
    [
      'an unknown property inside a line',
      { lines: [{ recipient: { personName: 'Minh Hoạ A' }, ten: 'x' }] },
      400,
      'input.unknown_property',
      'lines[0].ten',
    ],
    ['an unknown unit', { unit: 'KHONG-CO' }, 404, 'unit.not_found', 'unit'],
    ['a unit outside every grant', { unit: 'CDCAND', conferring: [{ unit: 'CDCAND' }] }, 404, 'unit.not_found', 'unit'],
    [
      'an unknown conferring body',
      { conferring: [{ outside: 'KHONG-CO' }] },
      404,
      'outside_body.not_found',
      'conferring[0].outside',
    ],
    [
      'a conferring body named twice over',
      { conferring: [{ unit: 'MH-LDLD', outside: 'MH-UBND' }] },
      400,
      'awards.conferring_unclear',
      'conferring[0]',
    ],
    [
      'a line outside the unit',
      { lines: [{ recipient: { unit: 'MH-CD-KCN-CS1' } }] },
      400,
      'awards.line_outside_unit',
      'lines[0].unit',
    ],
    [
      'a line that names two recipients',
      { lines: [{ recipient: { unit: 'MH-CDN-GD', household: 'Hộ A' } }] },
      400,
      'awards.recipient_unclear',
      'lines[0].recipient',
    ],
    ['a file that is not there', { fileId: 999_999 }, 404, 'file.not_found', 'fileId'],
    ['a part of nothing', { partOf: 999_999 }, 404, 'award.not_found', 'partOf'],
  ])('a batch with %s is refused and nothing is stored', async (_what, changes, status, code, field) => {
    const before = await stored();
    const answer = await record(changes);
    expect(refusal(answer)).toEqual([status, code, field]);
    expect(answer.body.message).toMatch(/[àáảãạăâđèéêìíòóôơùúưỳýọộựếềệốồớờứừấầẩậắằặ]/i);
    expect(await stored()).toBe(before);
  });

  test.each([
    [
      'a code that is taken',
      'units',
      { code: 'MH-CDN-GD', name: 'Trùng mã', level: 'GRASSROOTS_UNION', parent: 'MH-LDLD' },
      409,
      'units.code_taken',
      'code',
    ],
    [
      'a parent outside the grants',
      'units',
      { code: 'MH-MOI', name: 'Mới', level: 'GRASSROOTS_UNION', parent: 'TLD' },
      404,
      'unit.not_found',
      'parent',
    ],
    [
      'overlapping versions',
      'units',
      {
        code: 'MH-MOI',
        name: 'Mới',
        level: 'GRASSROOTS_UNION',
        parent: 'MH-LDLD',
        versions: [
          {
            validFrom: '2020-01-01',
            validTo: '2022-01-01',
            name: 'Tên cũ',
            level: 'GRASSROOTS_UNION',
            parent: 'MH-LDLD',
          },
          { validFrom: '2021-12-31', name: 'Tên mới', level: 'GRASSROOTS_UNION', parent: 'MH-LDLD' },
        ],
      },
      400,
      'units.overlapping_versions',
      'versions[1].validFrom',
    ],
    [
      'a cycle',
      'units/MH-CDN-GD/versions',
      { from: '2026-01-01', parent: 'MH-CDN-GD-CS1' },
      400,
      'units.cycle',
      'parent',
    ],
    [
      'a unit under itself',
      'units/MH-CDN-GD/versions',
      { from: '2026-01-01', parent: 'MH-CDN-GD' },
      400,
      'units.cycle',
      'parent',
    ],
    [
      'a parent that did not exist then',
      'units',
      { code: 'MH-MOI', name: 'Mới', level: 'GRASSROOTS_UNION', parent: 'MH-CDN-GD', validFrom: '1999-01-01' },
      400,
      'units.parent_not_valid',
      'parent',
    ],
    [
      'a negative strength',
      'units/MH-CDN-GD/strengths',
      { asOf: '2026-01-01', kind: 'MEMBERS', value: -5, qualifier: 'EXACT', source: 'thử' },
      400,
      expect.any(String),
      'value',
    ],
    [
      'an unknown qualifier',
      'units/MH-CDN-GD/strengths',
      { asOf: '2026-01-01', kind: 'MEMBERS', value: 5, qualifier: 'ROUGHLY', source: 'thử' },
      400,
      expect.any(String),
      'qualifier',
    ],
  ])('the tree refuses %s and stores nothing', async (_what, url, body, status, code, field) => {
    const before = await stored();
    expect(refusal(await post(url, body))).toEqual([status, code, field]);
    expect(await stored()).toBe(before);
  });

  test.each([
    ['to before from', 'from=2026-02-01&to=2026-01-01', 400, 'period.reversed', 'to'],
    ['a day that is none', 'from=2026-02-31&to=2026-03-01', 400, expect.any(String), 'from'],
    [
      'knowledge of tomorrow',
      'from=2026-01-01&to=2026-02-01&asKnownOn=2099-01-01',
      400,
      'summaries.known_in_the_future',
      'asKnownOn',
    ],
  ])('a summary refuses %s', async (_what, query, status, code, field) => {
    const answer = await api.inject('GET', `/api/summaries?unit=MH-LDLD&${query}`, { as: officer });
    expect(refusal(answer)).toEqual([status, code, field]);
  });

  test('two clerks cannot use one decision number on different days, nor one golden-book number twice', async () => {
    const decision = { number: '501', symbol: 'QĐ-CĐ', date: '2026-10-01' };
    expect(
      (await record({ decision, lines: [{ recipient: { unit: 'MH-CDN-GD-CS3' }, registerNumber: '900' }] })).status,
    ).toBe(201);
    expect(refusal(await record({ decision: { ...decision, date: '2026-10-02' } }))).toEqual([
      409,
      'awards.decision_number_taken',
      'decision.number',
    ]);
    expect(refusal(await record({ lines: [{ recipient: { unit: 'MH-CDN-GD-CS4' }, registerNumber: '900' }] }))).toEqual(
      [409, 'awards.register_number_taken', 'lines[0].registerNumber'],
    );
    const again = await record({ decision, reason: 'Đợt hai của cùng quyết định' });
    expect(again.body.warnings).toEqual([
      expect.objectContaining({ code: 'awards.decision_already_recorded', field: 'decision.number' }),
    ]);
  });

  test('the same click twice stores once', async () => {
    const clientKey = '3f0e6a52-3a55-4f0a-9a57-0f1f2d0c9b11';
    const first = await record({ clientKey, reason: 'Bấm hai lần' });
    const second = await record({ clientKey, reason: 'Bấm hai lần' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.batch.id).toBe(first.body.batch.id);
  });

  test('what was recorded by mistake is removed and counts no more; a stated batch with parts is not', async () => {
    const when = { from: '2026-08-03', to: '2026-08-03', basis: 'DECISION' };
    const stated = await record({ when, stated: { individuals: 9 }, reason: 'Ghi nhầm' });
    const part = await record({ when, stated: { individuals: 4 }, reason: 'Một phần', partOf: stated.body.batch.id });
    const remove = (id: number): Promise<TestAnswer> => post(`award-batches/${id}/removal`, { reason: 'Ghi trùng' });
    expect(refusal(await remove(stated.body.batch.id))).toEqual([409, 'awards.has_parts', null]);
    expect((await remove(part.body.batch.id)).body.batch.state).toBe('REMOVED');
    expect((await remove(stated.body.batch.id)).status).toBe(201);
    expect(refusal(await remove(stated.body.batch.id))).toEqual([409, 'awards.not_live', null]);
    const url = '/api/summaries?unit=MH-CDN-GD&from=2026-08-03&to=2026-08-03';
    await api.inject('GET', url, { as: officer });
    await settle(api.app);
    expect((await api.inject('GET', url, { as: officer })).body.awards.total.individuals).toBe(0);
  });

  test('of two clerks who enter one golden-book number at once, one is refused', async () => {
    const line = { recipient: { unit: 'MH-CDN-GD-CS2' }, registerNumber: '777' };
    const answers = await Promise.all([
      record({ lines: [line], reason: 'Một' }),
      record({ lines: [line], reason: 'Hai' }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  });

  test('more listed than stated is warned about, and the stated figure prints', async () => {
    const lines = ['Minh Hoạ Một', 'Minh Hoạ Hai', 'Minh Hoạ Ba'].map((personName) => ({
      recipient: { personName, birthYear: 1980 },
    }));
    const when = { from: '2026-09-05', to: '2026-09-05', basis: 'DECISION' };
    const answer = await record({
      unit: 'MH-CDN-GD-CS4',
      conferring: [{ unit: 'MH-CDN-GD-CS4' }],
      when,
      stated: { individuals: 2 },
      lines,
    });
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([
      expect.objectContaining({
        code: 'awards.more_contained_than_stated',
        field: 'stated',
        message: expect.stringContaining('Tổng hợp in số đã nêu'),
      }),
    ]);
    expect(answer.body.batch.excess).toBe(true);
    const url = '/api/summaries?unit=MH-CDN-GD-CS4&from=2026-09-01&to=2026-09-30';
    await api.inject('GET', url, { as: officer });
    await settle(api.app);
    const summary = await api.inject('GET', url, { as: officer });
    expect(summary.body.awards.total.individuals).toBe(2);
  });

  test('a form not in force on the day is warned about and still counts under its name', async () => {
    const [form] = await api.db.source
      .query(`SELECT code, valid_to FROM award_form WHERE kind = 'AWARD' AND valid_to < '2026-10-01'
      AND code NOT IN (SELECT code FROM award_form WHERE valid_from <= '2026-10-01' AND valid_to > '2026-10-01') LIMIT 1`);
    const code = form?.code ?? (await addPastForm());
    const answer = await record({ form: code });
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([
      expect.objectContaining({ code: 'awards.form_not_in_force', field: 'form' }),
    ]);
    expect(answer.body.batch.form).toBe(code);
  });

  const addPastForm = async (): Promise<string> => {
    await api.db.source.query(
      `INSERT INTO award_form (code, name, kind, category, recipient_classes, conferring_levels, once_per_life, valid_from, valid_to, source, verified)
       SELECT 'MAU_CU', 'Mẫu cũ (minh hoạ)', kind, category, recipient_classes, conferring_levels, once_per_life, '2000-01-01', '2010-01-01', 'minh hoạ', false
         FROM award_form WHERE code = 'GIAY_KHEN' LIMIT 1`,
    );
    return 'MAU_CU';
  };

  test('an award dated after its unit ended is refused; one dated before is recorded with a warning', async () => {
    const ended = {
      code: 'MH-DA-HET',
      name: 'CĐCS đã kết thúc (Đơn vị minh hoạ)',
      level: 'GRASSROOTS_UNION',
      parent: 'MH-CDN-GD',
      validFrom: '2015-01-01',
      validTo: '2025-07-01',
    };
    expect((await post('units', ended)).status).toBe(201);
    const award = { unit: 'MH-DA-HET', conferring: [{ unit: 'MH-CDN-GD' }] };
    const late = await record({ ...award, when: { from: '2025-07-01', to: '2025-07-01', basis: 'DECISION' } });
    expect(refusal(late)).toEqual([400, 'awards.unit_ended', 'unit']);
    const early = await record({ ...award, when: { from: '2025-06-30', to: '2025-06-30', basis: 'DECISION' } });
    expect(early.status).toBe(201);
    expect(early.body.warnings).toEqual([
      expect.objectContaining({
        code: 'awards.recorded_after_unit_ended',
        field: 'unit',
        message: expect.stringContaining('tổ chức tại thời điểm'),
      }),
    ]);
  });
});
