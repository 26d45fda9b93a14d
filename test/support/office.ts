import type { TestAnswer, TestApi } from './api.js';
import { smallTree } from './tree.js';
import { PDF, uploadFile } from './upload.js';

/** Everybody whom the way of a nomination needs, each with a session: CS-A1 proposes, TINH-A decides. */
export interface Office {
  readonly proposer: string;
  readonly appraiser: string;
  readonly secretary: string;
  readonly decider: string;
  readonly clerk: string;
  readonly clerk2: string;
  readonly leader: string;
  /** Sits on the council by account alone: it reads councils of another unit. */
  readonly member: string;
  readonly memberAccount: number;
  /** Holds every role in the other branch. */
  readonly stranger: string;
}

export async function openOffice(api: TestApi): Promise<Office> {
  await smallTree(api.app);
  await api.account('de-nghi', [['UNION_OFFICER', 'CS-A1']]);
  await api.account('tham-dinh', [['APPRAISER', 'TINH-A']]);
  await api.account('thu-ky', [['COUNCIL_SECRETARY', 'TINH-A']]);
  await api.account('quyet-dinh', [['DECISION_MAKER', 'TINH-A']]);
  await api.account('van-thu', [['CLERK', 'TINH-A']]);
  await api.account('van-thu-2', [['CLERK', 'TINH-A']]);
  await api.account('lanh-dao', [['LEADERSHIP_VIEWER', 'TINH-A']]);
  const memberAccount = await api.account('uy-vien', [['COUNCIL_MEMBER', 'CS-A2']]);
  await api.account('tinh-b', [
    ['UNION_OFFICER', 'TINH-B'],
    ['APPRAISER', 'TINH-B'],
    ['COUNCIL_SECRETARY', 'TINH-B'],
    ['DECISION_MAKER', 'TINH-B'],
    ['CLERK', 'TINH-B'],
    ['AUDITOR', 'TINH-B'],
  ]);
  return {
    proposer: await api.signIn('de-nghi'),
    appraiser: await api.signIn('tham-dinh'),
    secretary: await api.signIn('thu-ky'),
    decider: await api.signIn('quyet-dinh'),
    clerk: await api.signIn('van-thu'),
    clerk2: await api.signIn('van-thu-2'),
    leader: await api.signIn('lanh-dao'),
    member: await api.signIn('uy-vien'),
    memberAccount,
    stranger: await api.signIn('tinh-b'),
  };
}

/** Sends, and fails with the whole answer where it is not as expected. */
export async function send(
  api: TestApi,
  as: string,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
): Promise<TestAnswer['body']> {
  const answer = await api.inject(method, `/api/${url}`, { as, body });
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Proposes the lines from CS-A1 to TINH-A, and finds them eligible. Returns their ids in the order given. */
export async function nominate(api: TestApi, office: Office, lines: readonly object[]): Promise<number[]> {
  const draft = await send(api, office.proposer, 'POST', 'dossiers', {
    unit: 'CS-A1',
    to: { unit: 'TINH-A' },
    year: 2026,
    title: 'Đề nghị khen thưởng năm 2026',
  });
  const id: number = draft.dossier.id;
  const filled = await send(api, office.proposer, 'POST', `dossiers/${id}/nominations`, { lines });
  const submitted = await send(api, office.proposer, 'POST', `dossiers/${id}/submission`, {
    version: filled.dossier.version,
  });
  const received = await send(api, office.appraiser, 'POST', `dossiers/${id}/receipt`, {
    version: submitted.dossier.version,
  });
  const proposed: { id: number; version: number }[] = received.dossier.dossierLines;
  await send(api, office.appraiser, 'POST', `dossiers/${id}/appraisal`, {
    lines: proposed.map((line) => ({ lineId: line.id, version: line.version, outcome: 'ACCEPT' })),
  });
  return proposed.map((line) => line.id);
}

/** A council of TINH-A with a chair, two members and the member by account: four in all. Returns its view. */
export function foundCouncil(api: TestApi, office: Office): Promise<TestAnswer['body']> {
  return send(api, office.secretary, 'POST', 'councils', {
    unit: 'TINH-A',
    kind: 'COUNCIL',
    name: 'Hội đồng thi đua, khen thưởng tỉnh A',
    validFrom: '2026-01-01',
    members: [
      { name: 'Chủ tịch A', role: 'CHAIR' },
      { name: 'Ủy viên A', role: 'MEMBER' },
      { name: 'Thư ký A', role: 'SECRETARY' },
      { name: 'Ủy viên từ A2', role: 'MEMBER', account: office.memberAccount },
    ],
  });
}

/** A sitting of that council on the day, with the lines before it. Returns its id. */
export async function planSitting(
  api: TestApi,
  office: Office,
  council: number,
  day: string,
  lines: readonly number[],
): Promise<number> {
  const { id } = await send(api, office.secretary, 'POST', 'sittings', { council, day, place: 'Phòng họp' });
  if (lines.length > 0) await send(api, office.secretary, 'POST', `sittings/${id}/lines`, { lines });
  return id;
}

/** Opens the sitting and calls the roll: everybody is there. */
export async function openSitting(api: TestApi, office: Office, id: number): Promise<void> {
  const { version } = await send(api, office.secretary, 'GET', `sittings/${id}`);
  const open = await send(api, office.secretary, 'POST', `sittings/${id}/steps`, { step: 'open', version });
  const members: { member: number }[] = open.members;
  await send(api, office.secretary, 'PUT', `sittings/${id}/presence`, {
    members: members.map(({ member }) => ({ member, presence: 'PRESENT' })),
    version: open.version,
  });
}

/** Enters the same vote on every line, attaches minutes and closes. */
export async function closeSitting(api: TestApi, office: Office, id: number, vote: object): Promise<void> {
  const sitting = await send(api, office.secretary, 'GET', `sittings/${id}`);
  for (const { line, version } of sitting.lines as { line: number; version: number }[])
    await send(api, office.secretary, 'PUT', `sittings/${id}/lines/${line}/vote`, { ...vote, version });
  const fileId = await paper(api, office.secretary);
  const { version } = await send(api, office.secretary, 'PUT', `sittings/${id}/minutes`, { fileId });
  await send(api, office.secretary, 'POST', `sittings/${id}/steps`, { step: 'close', version });
}

export const PASSED = { votes: { for: 4, against: 0, blank: 0, written: 0 }, outcome: 'RECOMMENDED' } as const;

export async function paper(api: TestApi, as: string, name = 'van-ban.pdf', content = PDF): Promise<number> {
  const { status, body, text } = await uploadFile(api, as, name, content);
  if (status !== 201) throw new Error(`upload: ${status} ${text}`);
  return body.id;
}

/** What the clerk enters of a signed decision. */
export async function signature(api: TestApi, as: string, number: string, changes: object = {}): Promise<object> {
  return {
    number,
    symbol: 'QĐ-LĐLĐ',
    day: '2026-11-10',
    signerName: 'Nguyễn Văn A',
    signerPost: 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH',
    fileId: await paper(api, as, 'quyet-dinh.pdf'),
    ...changes,
  };
}

/** A decision of TINH-A on lines that a council has passed, decided and waiting for the clerk. Returns its id and version. */
export async function decided(
  api: TestApi,
  office: Office,
  lines: readonly object[],
): Promise<{ id: number; version: number }> {
  const drafted = await send(api, office.clerk, 'POST', 'commendations', {
    unit: 'TINH-A',
    organ: 'BTV',
    title: 'Khen thưởng tổng kết năm 2026',
    lines,
  });
  const { id, version } = drafted.commendation;
  const { commendation } = await send(api, office.decider, 'POST', `commendations/${id}/decision`, { version });
  return { id, version: commendation.version };
}
