import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { systemActor, type Day } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { Desk } from '@lib/desk';
import { UnitTree } from '@lib/units';
import { COMMENDATION_WORKFLOW } from './commendation.workflow.js';
import { Commendation } from './commendations.entity.js';

/** What the fingerprint is of: the list as it was signed. */
interface SignedList {
  readonly unit: { readonly code: string; readonly name: string } | null;
  readonly title: string;
  readonly number: string | null;
  readonly symbol: string | null;
  readonly day: Day | null;
  readonly signer: { readonly name: string | null; readonly post: string | null };
  readonly lines: readonly object[];
}

const PREPARER = systemActor('Chuẩn bị ban hành');

/**
 * Freezes what was signed: the list as canonical JSON with its fingerprint, and that of the signed paper. The job is only a
 * wake-up: what waits is a state in a table, so a lost, repeated or killed one does no harm.
 */
@Injectable()
export class PrepareService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly tree: UnitTree,
  ) {}

  /** Prepares every signed decision; returns how many. */
  async run(): Promise<number> {
    for (let done = 0; ; done += 1) {
      if (!(await transact(this.db, (tx) => this.next(tx)))) return done;
    }
  }

  /** False when nothing waits. One that another worker has in hand is left to it. */
  private async next(tx: Tx): Promise<boolean> {
    const [row] = await tx.manager
      .createQueryBuilder(Commendation, 'c')
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .where(`c.state = 'SIGNED'`)
      .orderBy('c.id')
      .limit(1)
      .getMany();
    if (!row) return false;
    const list = canonicalize(await this.list(tx, row)) ?? '';
    const [file] = await tx.query<{ sha256: string }>(`SELECT sha256 FROM file WHERE id = $1`, [row.fileId]);
    row.list = list;
    row.listSha256 = createHash('sha256').update(list).digest('hex');
    row.fileSha256 = file?.sha256 ?? null;
    row.preparedAt = this.clock.now();
    row.state = await this.steps.take(tx, PREPARER, COMMENDATION_WORKFLOW, row, 'prepare');
    row.version += 1;
    await tx.manager.save(Commendation, row);
    await this.desk.open(tx, {
      key: `commendation.issue:${row.id}`,
      unitId: row.unitId,
      permission: 'commendation.issue',
      title: `Quyết định ${[row.number, row.symbol].filter(Boolean).join('/')} sẵn sàng ban hành`,
      why: 'Danh sách và bản ký đã được chốt; ban hành sẽ ghi vào sổ vàng.',
      link: `/quyet-dinh/${row.id}`,
      due: null,
    });
    await audit(tx, this.clock.now(), PREPARER, 'commendation.prepared', `commendation:${row.id}`, {
      list: row.listSha256,
      file: row.fileSha256,
    });
    return true;
  }

  private async list(tx: Tx, row: Commendation): Promise<SignedList> {
    const lines = await tx.query<{ unitId: number }>(
      `SELECT cl.line_id AS line, cl.outcome, cl.form, cl.register_number AS "registerNumber", l.name, l.class, l.birth_year AS "birthYear",
              l.unit_id AS "unitId", l.proposing_unit_id AS "proposingUnitId", l.person_id AS person, l.type, l.campaign, l.reason
         FROM commendation_line cl JOIN nomination_line l ON l.id = cl.line_id WHERE cl.commendation_id = $1 ORDER BY cl.id`,
      [row.id],
    );
    const refs = await this.tree.refs(
      tx,
      [row.unitId, ...lines.map(({ unitId }) => unitId)],
      row.day ?? this.clock.today(),
    );
    const unit = refs.get(row.unitId);
    return {
      unit: unit ? { code: unit.code, name: unit.name } : null,
      title: row.title,
      number: row.number,
      symbol: row.symbol,
      day: row.day,
      signer: { name: row.signerName, post: row.signerPost },
      lines: lines.map(({ unitId, ...line }) => ({
        ...line,
        unit: refs.get(unitId)?.code ?? null,
        unitName: refs.get(unitId)?.name ?? null,
      })),
    };
  }
}
