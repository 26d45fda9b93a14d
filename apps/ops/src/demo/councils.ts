import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CouncilsService, SittingsService } from '@lib/councils';
import { systemActor } from '@lib/kernel';
import { AppraiseService, NominationQueries } from '@lib/nominations';
import { reader, type Clock } from '@lib/platform';

const loader = systemActor('Nạp dữ liệu minh hoạ');
const MEMBERS = [
  ['mh-chu-tich-hd', 'CHAIR'],
  ['mh-quyet-dinh', 'VICE_CHAIR'],
  ['mh-tham-dinh', 'MEMBER'],
  ['mh-uy-vien', 'MEMBER'],
  ['mh-thu-ky', 'SECRETARY'],
] as const;

/** The sample province has a council of its accounts, and one sitting before which its eligible lines are put. */
export async function loadCouncilSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2026-11-16');
  const q = reader(app.get(DataSource));
  const rows = await q.query<{ id: number; username: string; name: string }>(
    `SELECT id, username, name FROM account WHERE username = ANY($1)`,
    [MEMBERS.map(([username]) => username)],
  );
  const members = MEMBERS.flatMap(([username, role]) => {
    const account = rows.find((row) => row.username === username);
    return account ? [{ name: account.name, role, account: account.id }] : [];
  });
  const council = await app.get(CouncilsService).found(loader, {
    unit: 'MH-LDLD',
    kind: 'COUNCIL',
    name: 'Hội đồng thi đua, khen thưởng LĐLĐ tỉnh (Đơn vị minh hoạ)',
    validFrom: '2026-01-01',
    members,
  });
  const sittings = app.get(SittingsService);
  const sitting = await sittings.plan(loader, { council, day: '2026-11-20', place: 'Phòng họp (minh hoạ)' });
  const [unit] = await q.query<{ id: number }>(`SELECT id FROM unit WHERE code = 'MH-LDLD'`);
  await findTwoEligible(app);
  const ready = await app.get(NominationQueries).ready(q, loader, unit?.id ?? 0);
  const put = ready.map(({ id }) => id);
  if (put.length > 0) await sittings.putLines(loader, sitting, put);
}

/** Of the sample dossier that was received: a person and a unit; the rest of it waits for whoever appraises. */
async function findTwoEligible(app: INestApplicationContext): Promise<void> {
  const lines = await reader(app.get(DataSource)).query<{ lineId: number; version: number; dossierId: number }>(
    `SELECT DISTINCT ON (l.class) l.id AS "lineId", l.version, l.at_dossier_id AS "dossierId" FROM nomination_line l
       JOIN dossier d ON d.id = l.at_dossier_id AND d.state = 'RECEIVED' JOIN unit u ON u.id = d.to_unit_id AND u.code = 'MH-LDLD'
      WHERE l.state = 'PROPOSED' ORDER BY l.class, l.id`,
  );
  for (const { dossierId, lineId, version } of lines)
    await app.get(AppraiseService).appraise(loader, dossierId, { lines: [{ lineId, version, outcome: 'ACCEPT' }] });
}
