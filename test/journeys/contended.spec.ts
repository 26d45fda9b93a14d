import { PrepareService } from '@lib/commendations';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import {
  closeSitting,
  decided,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  paper,
  PASSED,
  planSitting,
  send,
  signature,
  type Office,
} from '../support/office.js';
import { settle } from '../support/settle.js';

let people = 0;
const person = (changes: object = {}) => ({
  recipient: { personName: `Người thứ ${(people += 1)}`, birthYear: 1980 },
  form: 'BANG_KHEN',
  type: 'MERIT',
  reason: `Thành tích ${people}`,
  ...changes,
});

/** Many hands at once, and one hand in several roles. */
describe('contended', () => {
  let api: TestApi;
  let office: Office;
  let council: number;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-11-12');
    office = await openOffice(api);
    council = (await foundCouncil(api, office)).id;
    await api.account('can-bo-tinh', [
      ['UNION_OFFICER', 'TINH-A'],
      ['UNIT_LEADER', 'TINH-A'],
    ]);
    officer = await api.signIn('can-bo-tinh');
  });
  afterAll(() => api?.close());

  const ask = (who: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
    api.inject(method, `/api/${url}`, { as: who, ...(body ? { body } : {}) });
  const post = (url: string, body?: object, who = officer): Promise<TestAnswer> => ask(who, 'POST', url, body);
  /** Sends all at once. What came through, and the codes of what did not. */
  async function race(calls: readonly (() => Promise<TestAnswer>)[]): Promise<{ won: TestAnswer[]; lost: string[] }> {
    const answers = await Promise.all(calls.map((call) => call()));
    return {
      won: answers.filter(({ status }) => status < 300),
      lost: answers.filter(({ status }) => status >= 300).map(({ status, body }) => `${status} ${body.code}`),
    };
  }
  const five = (call: () => Promise<TestAnswer>) => race([call, call, call, call, call]);
  const passed = async (lines: readonly object[]): Promise<number[]> => {
    const ids = await nominate(api, office, lines);
    const sitting = await planSitting(api, office, council, '2026-11-08', ids);
    await openSitting(api, office, sitting);
    await closeSitting(api, office, sitting, PASSED);
    return ids;
  };
  const award = (line: number) => ({ line, outcome: 'AWARD' });
  const count = async (sql: string): Promise<number> =>
    (await api.db.source.query(`SELECT count(*)::int AS n FROM ${sql}`))[0].n;

  describe('a number', () => {
    it('taken by two clerks and the fast lane of the register at once belongs to one of them', async () => {
      const [one, two] = await passed([person(), person()]);
      const first = await decided(api, office, [award(one!)]);
      const second = await decided(api, office, [award(two!)]);
      const papers = [await signature(api, office.clerk, '77'), await signature(api, office.clerk2, '77')];
      const fast = {
        kind: 'AWARD',
        form: 'BANG_KHEN',
        unit: 'TINH-A',
        conferring: [{ unit: 'TINH-A' }],
        when: { from: '2026-11-10', to: '2026-11-10', basis: 'DECISION' },
        decision: { number: '77', symbol: 'QĐ-LĐLĐ', date: '2026-11-10' },
        stated: { individuals: 1 },
      };
      const { won, lost } = await race([
        () => post(`commendations/${first.id}/signature`, { ...papers[0], version: first.version }, office.clerk),
        () => post(`commendations/${second.id}/signature`, { ...papers[1], version: second.version }, office.clerk2),
        () => post('award-batches', fast, office.clerk),
      ]);
      expect(won).toHaveLength(1);
      expect(lost.every((said) => /^409 (commendations.number_taken|awards.decision_number_taken)$/.test(said))).toBe(
        true,
      );
    });
  });

  describe('one decision', () => {
    it('signed, issued and cancelled by many at once is issued once, and the register holds it once', async () => {
      const [line] = await passed([person()]);
      const { id, version } = await decided(api, office, [award(line!)]);
      const paper1 = await signature(api, office.clerk, '78');
      const signing = await five(() => post(`commendations/${id}/signature`, { ...paper1, version }, office.clerk));
      expect([signing.won.length, new Set(signing.lost)]).toEqual([
        1,
        new Set(['409 commendations.changed_meanwhile']),
      ]);
      await Promise.all([api.app.get(PrepareService).run(), api.app.get(PrepareService).run()]);
      const { version: now } = await send(api, office.clerk, 'GET', `commendations/${id}`);
      const before = await count('award_line');
      const issue = () => post(`commendations/${id}/issue`, { version: now }, office.clerk);
      const cancel = () => post(`commendations/${id}/cancellation`, { version: now, reason: 'Nhầm' }, office.clerk2);
      const { won, lost } = await race([issue, issue, cancel, issue, cancel]);
      expect([won.length, new Set(lost)]).toEqual([1, new Set(['409 commendations.changed_meanwhile'])]);
      const { state } = await send(api, office.clerk, 'GET', `commendations/${id}`);
      expect((await count('award_line')) - before).toBe(state === 'ISSUED' ? 1 : 0);
    });

    it('gets a line that two drafts reach for at once, and the other draft is refused', async () => {
      const [line] = await passed([person()]);
      const draft = () =>
        post(
          'commendations',
          { unit: 'TINH-A', organ: 'BTV', title: 'Khen thưởng', lines: [award(line!)] },
          office.clerk,
        );
      const { won, lost } = await five(draft);
      expect([won.length, new Set(lost)]).toEqual([1, new Set(['409 commendations.line_in_another'])]);
    });
  });

  it('one line goes before one sitting, or into one submission', async () => {
    const lines = await nominate(api, office, [person(), person()]);
    const sittings = [
      await planSitting(api, office, council, '2026-11-09', []),
      await planSitting(api, office, council, '2026-11-10', []),
    ];
    const put = await race(
      sittings.map((id) => () => post(`sittings/${id}/lines`, { lines: [lines[0]] }, office.secretary)),
    );
    expect([put.won.length, put.lost]).toEqual([1, ['409 nomination.step_not_allowed']]);

    const up = await Promise.all(
      [1, 2].map(
        async () =>
          (
            await send(api, officer, 'POST', 'dossiers', {
              unit: 'TINH-A',
              to: { unit: 'TLD' },
              year: 2026,
              title: 'Trình',
            })
          ).dossier.id,
      ),
    );
    const { version } = (await send(api, office.appraiser, 'GET', `nominations/${lines[1]}`)).line;
    const seen = { lines: [{ lineId: lines[1], version }] };
    const composed = await race([
      ...up.map((id) => () => post(`dossiers/${id}/composition`, seen)),
      () => post(`sittings/${sittings[0]}/lines`, { lines: [lines[1]] }, office.secretary),
    ]);
    expect(composed.won).toHaveLength(1);
    expect(composed.lost.filter((said) => !/^(409|404) /.test(said))).toEqual([]);
  });

  it('a sitting closed by many at once is closed once', async () => {
    const lines = await nominate(api, office, [person()]);
    const id = await planSitting(api, office, council, '2026-11-10', lines);
    await openSitting(api, office, id);
    const [{ line, version: of }] = (await send(api, office.secretary, 'GET', `sittings/${id}`)).lines;
    const vote = await five(() =>
      ask(office.secretary, 'PUT', `sittings/${id}/lines/${line}/vote`, { ...PASSED, version: of }),
    );
    expect([vote.won.length, new Set(vote.lost)]).toEqual([1, new Set(['409 councils.changed_meanwhile'])]);
    const { version } = await send(api, office.secretary, 'PUT', `sittings/${id}/minutes`, {
      fileId: await paper(api, office.secretary),
    });
    const closed = await five(() => post(`sittings/${id}/steps`, { step: 'close', version }, office.secretary));
    expect([closed.won.length, new Set(closed.lost)]).toEqual([1, new Set(['409 councils.changed_meanwhile'])]);
    expect(await count(`step_log WHERE what = 'nomination' AND record_id = ${line} AND step = 'recommend'`)).toBe(1);
  });

  it('a dossier submitted by many at once is submitted once, and one form sent twice is stored once', async () => {
    const key = 'aaaaaaaa-0000-4000-8000-000000000001';
    const body = { unit: 'CS-A1', to: { unit: 'TINH-A' }, year: 2026, title: 'Một hồ sơ', clientKey: key };
    const made = await five(() => post('dossiers', body, office.proposer));
    expect([made.lost, new Set(made.won.map((one) => one.body.dossier.id)).size]).toEqual([[], 1]);
    const { id } = made.won[0]!.body.dossier;
    const filled = await send(api, office.proposer, 'POST', `dossiers/${id}/nominations`, { lines: [person()] });
    const { version } = filled.dossier;
    const edits = await five(() =>
      ask(office.proposer, 'PUT', `dossiers/${id}`, {
        to: { unit: 'TINH-A' },
        year: 2026,
        title: 'Sửa',
        version,
      }),
    );
    expect([edits.won.length, new Set(edits.lost)]).toEqual([1, new Set(['409 nominations.changed_meanwhile'])]);
    const now = edits.won[0]!.body.dossier.version;
    const sent = await five(() => post(`dossiers/${id}/submission`, { version: now }, office.proposer));
    expect([sent.won.length, new Set(sent.lost)]).toEqual([1, new Set(['409 nominations.changed_meanwhile'])]);
    expect(await count(`nomination_submission WHERE dossier_id = ${id}`)).toBe(1);
  });

  it('a report sent many times at once stands once, with a key or without', async () => {
    await send(api, officer, 'POST', 'indicators', {
      code: 'QUA_TET',
      name: 'Quà Tết',
      nature: 'FLOW',
      unitOfMeasure: 'suất',
      measures: 'COUNT_AND_MONEY',
      owner: 'TINH-A',
    });
    const report = {
      unit: 'TINH-A',
      from: '2026-01-01',
      to: '2026-03-31',
      basis: 'PERIOD',
      scope: 'OWN',
      status: 'DELIVERED',
      items: [{ indicator: 'QUA_TET', count: { value: 5, qualifier: 'EXACT' } }],
      source: 'Báo cáo quý I',
    };
    const bare = await five(() => post('result-reports', report));
    expect([bare.won.length, new Set(bare.lost)]).toEqual([1, new Set(['409 results.already_reported'])]);
    const keyed = {
      ...report,
      from: '2026-04-01',
      to: '2026-06-30',
      clientKey: 'aaaaaaaa-0000-4000-8000-000000000002',
    };
    const same = await five(() => post('result-reports', keyed));
    expect([same.lost, new Set(same.won.map((one) => one.body.report.id)).size]).toEqual([[], 1]);
    const { id } = bare.won[0]!.body.report;
    const { unit: _, ...rest } = report;
    const correct = () => post(`result-reports/${id}/corrections`, { ...rest, reason: 'Sửa' });
    const remove = () => post(`result-reports/${id}/removal`, { reason: 'Nhầm' });
    const ended = await race([correct, remove, correct, remove]);
    expect(ended.won).toHaveLength(1);
    expect(ended.lost.filter((said) => !said.startsWith('409'))).toEqual([]);
    const stated = {
      unit: 'TINH-A',
      campaign: 'Thi đua',
      level: 'GRASSROOTS_UNION',
      asOf: '2026-06-30',
      deployed: 1,
      source: 'Báo cáo',
    };
    const cover = await five(() => post('coverage-statements', stated));
    expect([cover.won.length, new Set(cover.lost)]).toEqual([1, new Set(['409 results.already_reported'])]);
    const target = {
      unit: 'TINH-A',
      indicator: 'QUA_TET',
      of: 'YEAR',
      label: 'Năm 2026',
      from: '2026-01-01',
      to: '2026-12-31',
      measure: 'COUNT',
      value: { value: 9, qualifier: 'EXACT' },
      source: 'Kế hoạch',
    };
    const targets = await five(() => post('result-targets', target));
    expect([targets.won.length, targets.lost.filter((said) => !/^(409|400)/.test(said))]).toEqual([1, []]);
  });

  it('campaigns, blocs, agreements, councils and events made many times at once fault nowhere', async () => {
    const calls: [string, object][] = [
      [
        'indicators',
        {
          code: 'MOT_CHI_TIEU',
          name: 'Một chỉ tiêu',
          nature: 'FLOW',
          unitOfMeasure: 'căn',
          measures: 'COUNT_AND_MONEY',
          owner: 'TINH-A',
        },
      ],
      ['campaigns', { code: 'MOT_PHONG_TRAO', name: 'Một phong trào', category: 'MOVEMENT', unit: 'TINH-A' }],
      [
        'blocs',
        {
          organiser: 'TINH-A',
          kind: 'CLUSTER',
          number: 1,
          year: 2026,
          members: [{ unit: 'CS-A1' }],
        },
      ],
      [
        'title-registrations',
        {
          unit: 'CS-A1',
          recipient: { personName: 'Ai', birthYear: 1980 },
          form: 'CSTD_CO_SO',
          year: 2026,
          registeredOn: '2026-01-10',
        },
      ],
      [
        'events',
        {
          unit: 'TINH-A',
          name: 'Lễ',
          purposes: ['OTHER'],
          from: '2026-01-01',
          to: '2026-01-01',
          campaigns: [],
          occasions: [],
        },
      ],
      ['occasions', { unit: 'TINH-A', kind: 'OTHER', name: 'Dịp' }],
    ];
    for (const [url, body] of calls) {
      const { won, lost } = await five(() => post(url, body));
      expect([url, won.length > 0, lost.filter((said) => !said.startsWith('409'))]).toEqual([url, true, []]);
    }
    const second = await foundLater();
    expect(second.lost.filter((said) => !/^(409|400)/.test(said))).toEqual([]);
  });

  const foundLater = () =>
    five(() =>
      post(
        'councils',
        {
          unit: 'CS-A2',
          kind: 'COUNCIL',
          name: 'Hội đồng',
          validFrom: '2026-01-01',
          members: [{ name: 'Một', role: 'CHAIR' }],
        },
        office.secretary,
      ),
    );

  it('a campaign stepped and changed by many at once moves once', async () => {
    const { id } = (await post('campaigns', { name: 'Phong trào chung', category: 'MOVEMENT', unit: 'TINH-A' })).body;
    const { version } = (await ask(officer, 'GET', `campaigns/${id}`)).body;
    const change = () => post(`campaigns/${id}/changes`, { changes: { name: 'Tên khác' }, version });
    const changed = await five(change);
    expect(changed.lost.filter((said) => !said.startsWith('409'))).toEqual([]);
    expect(changed.won.length).toBe(1);
    const now = changed.won[0]!.body.version;
    const stepped = await five(() =>
      post(`campaigns/${id}/steps`, { step: 'cancel', version: now, reason: 'Không mở nữa' }),
    );
    expect([stepped.won.length, stepped.lost.filter((said) => !said.startsWith('409'))]).toEqual([1, []]);
  });

  describe('one person in several roles', () => {
    const two = async (name: string, roles: Parameters<TestApi['account']>[1]): Promise<string> => {
      const mine = await send(api, office.secretary, 'POST', 'people', {
        name: `Cán Bộ ${name}`,
        birthYear: 1975,
        unit: 'TINH-A',
      });
      for (const [user, grants] of [
        [`${name}-1`, [['UNION_OFFICER', 'CS-A1']]],
        [`${name}-2`, roles],
      ] as [string, Parameters<TestApi['account']>[1]][]) {
        const id = await api.account(user, grants);
        await api.db.source.query(`INSERT INTO account_person (account_id, person_id) VALUES ($1, $2)`, [id, mine.id]);
      }
      return api.signIn(`${name}-2`);
    };

    it('proposes under one account and appraises, keeps or decides under the other: refused', async () => {
      const other = await two('hai-vai', [
        ['APPRAISER', 'TINH-A'],
        ['COUNCIL_SECRETARY', 'TINH-A'],
        ['DECISION_MAKER', 'TINH-A'],
      ]);
      const proposer = await api.signIn('hai-vai-1');
      const ids = await nominate(api, { ...office, proposer }, [person(), person()]);
      const { line } = await send(api, office.appraiser, 'GET', `nominations/${ids[0]}`);
      const sitting = await planSitting(api, office, council, '2026-11-10', []);
      const refused = async (url: string, body: object): Promise<unknown> => {
        const { status, body: said } = await post(url, body, other);
        return [status, said.code];
      };
      const apart = [403, 'nominations.duties_not_separate'];
      expect(await refused(`sittings/${sitting}/lines`, { lines: [line.id] })).toEqual(apart);
      await send(api, office.secretary, 'POST', `sittings/${sitting}/lines`, { lines: [line.id] });
      await openSitting(api, office, sitting);
      const [{ version }] = (await send(api, office.secretary, 'GET', `sittings/${sitting}`)).lines;
      const vote = await ask(other, 'PUT', `sittings/${sitting}/lines/${line.id}/vote`, { ...PASSED, version });
      expect([vote.status, vote.body.code]).toEqual(apart);
      await closeSitting(api, office, sitting, PASSED);
      const draft = await send(api, office.clerk, 'POST', 'commendations', {
        unit: 'TINH-A',
        organ: 'BTV',
        title: 'Khen thưởng',
        lines: [award(line.id)],
      });
      const { id, version: seen } = draft.commendation;
      expect(await refused(`commendations/${id}/decision`, { version: seen })).toEqual(apart);
    });

    it('returns a line and decides on it later: refused', async () => {
      await api.account('tra-va-quyet', [
        ['APPRAISER', 'TINH-A'],
        ['DECISION_MAKER', 'TINH-A'],
      ]);
      const both = await api.signIn('tra-va-quyet');
      const [id = 0] = await nominate(api, office, [person()]);
      const { line } = await send(api, both, 'GET', `nominations/${id}`);
      const dossier = line.dossierId;
      const { version } = await send(api, both, 'GET', `dossiers/${dossier}`);
      await send(api, both, 'POST', `dossiers/${dossier}/returns`, {
        version,
        whole: false,
        reasons: [{ lineId: id, field: 'reason', reason: 'Nêu rõ hơn' }],
      });
      const back = await send(api, office.proposer, 'GET', `nominations/${id}`);
      await send(api, office.proposer, 'POST', `dossiers/${dossier}/resubmissions`, {
        lines: [{ lineId: id, version: back.line.version }],
        answers: back.reasons.map((reason: { id: number }) => ({ reasonId: reason.id, answer: 'Đã nêu' })),
      });
      const again = await send(api, office.appraiser, 'GET', `nominations/${id}`);
      await send(api, office.appraiser, 'POST', `dossiers/${dossier}/appraisal`, {
        lines: [{ lineId: id, version: again.line.version, outcome: 'ACCEPT' }],
      });
      const draft = await send(api, office.clerk, 'POST', 'commendations', {
        unit: 'TINH-A',
        organ: 'BTV',
        title: 'Khen thưởng',
        lines: [{ ...award(id), reason: 'Không qua Hội đồng' }],
      });
      const decision = await post(
        `commendations/${draft.commendation.id}/decision`,
        { version: draft.commendation.version },
        both,
      );
      expect([decision.status, decision.body.code]).toEqual([403, 'nominations.duties_not_separate']);
    });

    it('composes the submission and appraises it above: refused', async () => {
      await api.account('tong-hop', [
        ['UNION_OFFICER', 'TINH-A'],
        ['APPRAISER', 'TLD'],
      ]);
      const both = await api.signIn('tong-hop');
      const [id = 0] = await nominate(api, office, [person()]);
      const up = (
        await send(api, both, 'POST', 'dossiers', {
          unit: 'TINH-A',
          to: { unit: 'TLD' },
          year: 2026,
          title: 'Tổng hợp',
        })
      ).dossier;
      const { version } = (await send(api, office.appraiser, 'GET', `nominations/${id}`)).line;
      await send(api, both, 'POST', `dossiers/${up.id}/composition`, { lines: [{ lineId: id, version }] });
      const seen = await send(api, officer, 'GET', `dossiers/${up.id}`);
      await send(api, officer, 'POST', `dossiers/${up.id}/submission`, { version: seen.version });
      const sent = await send(api, both, 'GET', `dossiers/${up.id}`);
      const { dossier } = await send(api, both, 'POST', `dossiers/${up.id}/receipt`, { version: sent.version });
      const [line] = dossier.dossierLines;
      const refused = await post(
        `dossiers/${up.id}/appraisal`,
        { lines: [{ lineId: line.id, version: line.version, outcome: 'ACCEPT' }] },
        both,
      );
      expect([refused.status, refused.body.code]).toEqual([403, 'nominations.duties_not_separate']);
    });
  });

  describe('an award that a decision wrote', () => {
    let line: number;
    let id: number;
    let batch: number;
    beforeAll(async () => {
      [line = 0] = await passed([person()]);
      const made = await decided(api, office, [award(line)]);
      id = made.id;
      const paper2 = await signature(api, office.clerk, '90', { day: '2026-10-01' });
      await send(api, office.clerk, 'POST', `commendations/${id}/signature`, { ...paper2, version: made.version });
      await api.app.get(PrepareService).run();
      const { version } = await send(api, office.clerk, 'GET', `commendations/${id}`);
      await send(api, office.clerk, 'POST', `commendations/${id}/issue`, { version });
      batch = (await send(api, office.clerk, 'GET', `commendations/${id}`)).lines[0].batch;
    });

    const summary = async (): Promise<TestAnswer['body']> => {
      const url = 'summaries?unit=TINH-A&from=2026-01-01&to=2026-12-31';
      await ask(office.leader, 'GET', url);
      await settle(api.app);
      return send(api, office.leader, 'GET', url);
    };

    it('is not removed from the register as a mistake of entry: it is revoked', async () => {
      await api.account('sua-so', [
        ['UNION_OFFICER', 'TINH-A'],
        ['CLERK', 'TINH-A'],
      ]);
      const who = await api.signIn('sua-so');
      const removed = await post(`award-batches/${batch}/removal`, { reason: 'Xoá' }, who);
      expect([removed.status, removed.body.code]).toEqual([409, 'awards.written_by_decision']);
      const { lines } = await send(api, who, 'GET', `award-batches/${batch}`).then((one) => one.batch ?? one);
      const gone = await post(`award-batches/${batch}/lines/${lines[0].id}/removal`, { reason: 'Xoá' }, who);
      expect([gone.status, gone.body.code]).toEqual([409, 'awards.written_by_decision']);
    });

    it('revoked is counted no longer, and the line still says that it was awarded', async () => {
      const awarded = (body: TestAnswer['body']): number => body.awards.total.individuals;
      const before = awarded(await summary());
      await send(api, office.clerk, 'POST', `award-batches/${batch}/revocations`, {
        reason: 'Gian dối',
        whole: true,
      });
      const after = await summary();
      expect(before - awarded(after)).toBe(1);
      const { state } = (await send(api, office.proposer, 'GET', `nominations/${line}`)).line;
      expect(state).toBe('AWARDED');
    });
  });
});
