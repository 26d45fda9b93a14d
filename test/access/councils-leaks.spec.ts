import { PrepareService } from '@lib/commendations';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import {
  closeSitting,
  decided,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  PASSED,
  planSitting,
  send,
  signature,
  type Office,
} from '../support/office.js';

/** Stands in every name that councils and decisions of branch A hold; and in the reason for which one line is declined. */
const MARK = 'dauhieubimat';

let api: TestApi;
let office: Office;
let councilId: number;
let sitting: number;
let lines: number[];
let decision: { id: number; version: number };
let minutes: number;
let signed: number;

const as = (who: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as: who, body });

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-11-12');
  office = await openOffice(api);
  councilId = (await foundCouncil(api, office)).id;
  const named = (name: string, birthYear: number) => ({
    recipient: { personName: `${name} ${MARK}`, birthYear },
    form: 'BANG_KHEN',
    type: 'MERIT',
    reason: MARK,
  });
  lines = await nominate(api, office, [named('Trần Thị', 1985), named('Lê Văn', 1986)]);
  sitting = await planSitting(api, office, councilId, '2026-11-08', lines);
  await openSitting(api, office, sitting);
  await closeSitting(api, office, sitting, PASSED);
  minutes = (await send(api, office.secretary, 'GET', `sittings/${sitting}`)).minutes.id;
  decision = await decided(api, office, [
    { line: lines[0], outcome: 'AWARD' },
    { line: lines[1], outcome: 'DECLINE', reason: `Lý do ${MARK}` },
  ]);
});
afterAll(() => api?.close());

describe('a council', () => {
  it('its sittings, lines, votes and minutes are read by whoever reads councils of the unit, and by its members', async () => {
    for (const who of [office.secretary, office.appraiser, office.decider, office.member]) {
      const seen = await as(who, 'GET', `sittings/${sitting}`);
      expect([seen.status, seen.text.includes(MARK)]).toEqual([200, true]);
      expect((await as(who, 'GET', 'sittings')).body.items).toHaveLength(1);
      expect((await as(who, 'GET', `files/${minutes}`)).status).toBe(200);
    }
    // A member reads, and keeps nothing; the page offers no step.
    const seen = (await as(office.member, 'GET', `sittings/${sitting}`)).body;
    expect([seen.mayKeep, seen.steps]).toEqual([false, []]);
    expect((await as(office.member, 'POST', `sittings/${sitting}/steps`, { step: 'close', version: 1 })).status).toBe(
      404,
    );
  });

  it('does not exist for the other branch, for those who proposed, nor for a member who has left', async () => {
    for (const who of [office.stranger, office.proposer, office.leader, office.clerk]) {
      for (const url of [
        `sittings/${sitting}`,
        'sittings',
        'councils',
        `sittings/${sitting}/ready-lines`,
        'sittings?unit=TINH-A',
        `files/${minutes}`,
      ]) {
        const answer = await as(who, 'GET', url);
        expect([answer.status === 404 || answer.body.items?.length === 0, answer.text.includes(MARK)]).toEqual([
          true,
          false,
        ]);
      }
    }
    const attempts: [string, string, object][] = [
      [
        'POST',
        'councils',
        {
          unit: 'TINH-A',
          kind: 'BCH',
          name: 'Của người khác',
          validFrom: '2026-01-01',
          members: [{ name: 'Ai đó', role: 'CHAIR' }],
        },
      ],
      [
        'PUT',
        `councils/${councilId}`,
        { name: 'Của người khác', validFrom: '2026-01-01', version: 1, members: [{ name: 'Ai đó', role: 'CHAIR' }] },
      ],
      ['GET', 'council-candidates?unit=TINH-A', {}],
      ['POST', 'sittings', { council: councilId, day: '2026-11-12' }],
      ['PUT', `sittings/${sitting}`, { day: '2026-11-12', version: 1 }],
      ['POST', `sittings/${sitting}/steps`, { step: 'cancel', version: 1, reason: 'Của người khác' }],
      ['POST', `sittings/${sitting}/lines`, { lines }],
      ['POST', `sittings/${sitting}/lines/${lines[0]}/removal`, { reason: 'Của người khác' }],
      ['PUT', `sittings/${sitting}/presence`, { members: [{ member: 1, presence: 'PRESENT' }], version: 1 }],
      ['PUT', `sittings/${sitting}/lines/${lines[0]}/vote`, { ...PASSED, version: 1 }],
      ['PUT', `sittings/${sitting}/minutes`, { fileId: minutes }],
    ];
    for (const [method, url, body] of attempts) {
      const answer = await as(office.stranger, method, url, method === 'GET' ? undefined : body);
      expect([method, url, answer.status, answer.text.includes(MARK)]).toEqual([method, url, 404, false]);
    }
    await api.db.source.query(`UPDATE council_member SET removed_on = '2026-11-12' WHERE account_id = $1`, [
      office.memberAccount,
    ]);
    const planned = await planSitting(api, office, councilId, '2026-11-12', []);
    expect((await as(office.member, 'GET', `sittings/${planned}`)).status).toBe(404);
    expect((await as(office.member, 'GET', `sittings/${sitting}`)).status).toBe(200);
  });
});

describe('until a decision is issued', () => {
  /** All that the proposing side and the other branch can ask. */
  const outside = () => [office.proposer, office.stranger];
  const questions = (): string[] => [
    'commendations',
    `commendations/${decision.id}`,
    'commendation-lines?unit=TINH-A',
    `nominations/${lines[0]}`,
    `nominations/${lines[1]}`,
    'nominations?tab=mine',
    'nominations?tab=nominees',
    'dossiers?tab=mine',
    ...(signed ? [`files/${signed}`] : []),
  ];
  const OUTCOMES = /"(RECOMMENDED|DOWNGRADED|NOT_RECOMMENDED|DECIDED|DECLINED|AWARDED)"|Lý do|DECLINE|"AWARD"/;

  async function hidden(): Promise<void> {
    for (const who of outside())
      for (const url of questions()) {
        const { text } = await as(who, 'GET', url);
        expect([url, OUTCOMES.exec(text)?.[0] ?? null]).toEqual([url, null]);
      }
    // A reader of the deciding unit who has no part in it may know that a council sat, and not what is decided.
    for (const url of questions()) {
      const { text } = await as(office.leader, 'GET', url);
      expect([url, /"(DECLINED|AWARDED)"|Lý do|DECLINE|"AWARD"/.exec(text)?.[0] ?? null]).toEqual([url, null]);
    }
    const proposer = [
      await as(office.proposer, 'GET', `nominations/${lines[0]}`),
      await as(office.proposer, 'GET', `nominations/${lines[1]}`),
    ];
    const told = proposer.map(({ body }) => [
      body.line.state,
      body.line.stateName,
      body.line.toForm,
      body.line.stateReason,
    ]);
    expect(told[0]).toEqual(told[1]);
    expect((await as(office.proposer, 'GET', `commendations/${decision.id}`)).status).toBe(404);
  }

  it('its outcome is known on the deciding side alone: decided, signed, prepared', async () => {
    await hidden();
    const given = await signature(api, office.clerk, '87');
    signed = (given as { fileId: number }).fileId;
    await send(api, office.clerk, 'POST', `commendations/${decision.id}/signature`, {
      ...given,
      version: decision.version,
    });
    await hidden();
    await api.app.get(PrepareService).run();
    await hidden();
    for (const who of [office.clerk, office.decider, office.appraiser, office.secretary]) {
      const seen = await as(who, 'GET', `commendations/${decision.id}`);
      expect([seen.status, seen.body.lines.length]).toEqual([200, 2]);
    }
  });

  it('the other branch can do nothing with it', async () => {
    const attempts: [string, string, object][] = [
      [
        'POST',
        'commendations',
        { unit: 'TINH-A', organ: 'BTV', title: 'Của người khác', lines: [{ line: lines[0], outcome: 'AWARD' }] },
      ],
      [
        'POST',
        'commendations',
        { unit: 'TINH-B', organ: 'BTV', title: 'Của người khác', lines: [{ line: lines[0], outcome: 'AWARD' }] },
      ],
      [
        'PUT',
        `commendations/${decision.id}`,
        { organ: 'BTV', title: 'Của người khác', lines: [{ line: lines[0], outcome: 'AWARD' }], version: 1 },
      ],
      ['PUT', `commendations/${decision.id}/minutes`, { fileId: minutes, version: 1 }],
      ...['decision', 'return', 'issue', 'cancellation'].map((step): [string, string, object] => [
        'POST',
        `commendations/${decision.id}/${step}`,
        { version: 1, reason: 'Của người khác' },
      ]),
      [
        'POST',
        `commendations/${decision.id}/signature`,
        { ...(await signature(api, office.stranger, '1')), version: 1 },
      ],
    ];
    for (const [method, url, body] of attempts) {
      const answer = await as(office.stranger, method, url, body);
      expect([method, url, answer.status, answer.text.includes(MARK)]).toEqual([method, url, 404, false]);
    }
  });

  it('issued, it is read by those whom it names, their own lines only, without the votes', async () => {
    const { version } = await send(api, office.clerk, 'GET', `commendations/${decision.id}`);
    await send(api, office.clerk, 'POST', `commendations/${decision.id}/issue`, { version });
    const seen = await as(office.proposer, 'GET', `commendations/${decision.id}`);
    expect([
      seen.status,
      seen.body.state,
      seen.body.lines.map(({ council, warnings }: { council: null; warnings: [] }) => [council, warnings]),
    ]).toEqual([
      200,
      'ISSUED',
      [
        [null, []],
        [null, []],
      ],
    ]);
    expect(seen.body.lines.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['AWARD', 'DECLINE']);
    expect([seen.body.steps, seen.body.history, seen.body.minutes]).toEqual([[], [], null]);
    expect((await as(office.stranger, 'GET', `commendations/${decision.id}`)).status).toBe(404);
    expect((await as(office.stranger, 'GET', 'commendations')).body.items).toEqual([]);
    expect((await as(office.stranger, 'GET', `files/${signed}`)).status).toBe(404);
    const other = await as(office.member, 'GET', `commendations/${decision.id}`);
    expect(other.status).toBe(404);
    expect((await as(office.proposer, 'GET', `nominations/${lines[1]}`)).body.line).toMatchObject({
      state: 'DECLINED',
    });
  });
});
