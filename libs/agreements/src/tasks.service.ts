import { Injectable } from '@nestjs/common';
import type { Actor } from '@lib/kernel';
import type { Queryable, Tx } from '@lib/platform';
import { Blocs } from '@lib/blocs';
import { Desk } from '@lib/desk';
import type { Agreement } from './agreement.entity.js';
import { AgreementMembers } from './members.service.js';

interface CommitmentUnit {
  readonly id: number;
  readonly unitId: number;
  /** Who carries it out: the unit itself, or whoever goes on after it has ended. */
  readonly at: number;
  readonly content: string;
  readonly deadline: string;
}

/** What waits for the members of an agreement: their opinion, their confirmation, their commitments. */
@Injectable()
export class AgreementTasks {
  constructor(
    private readonly desk: Desk,
    private readonly blocs: Blocs,
    private readonly members: AgreementMembers,
  ) {}

  /** Of every member, or of one that has come in later. */
  async askOpinions(tx: Tx, agreement: Agreement, only?: number): Promise<void> {
    const title = await this.title(tx, agreement);
    for (const { unitId } of await this.asked(tx, agreement, only))
      await this.desk.open(tx, {
        key: opinionKey(agreement, unitId),
        unitId,
        permission: 'agreement.draft',
        title: `Góp ý dự thảo: ${title}`,
        why: 'Dự thảo đang lấy ý kiến các đơn vị thành viên trước khi thông qua.',
        link: link(agreement),
        due: agreement.opinionsDue,
      });
  }

  closeOpinion(tx: Tx, actor: Actor, agreement: Agreement, unitId: number): Promise<void> {
    return this.desk.close(tx, actor, opinionKey(agreement, unitId));
  }

  async closeOpinions(tx: Tx, actor: Actor, agreement: Agreement): Promise<void> {
    for (const { unitId } of await this.everyMember(tx, agreement))
      await this.closeOpinion(tx, actor, agreement, unitId);
  }

  /** As of {@link askOpinions}. */
  async askConfirmations(tx: Tx, agreement: Agreement, only?: number): Promise<void> {
    const title = await this.title(tx, agreement);
    for (const { unitId } of await this.asked(tx, agreement, only))
      await this.desk.open(tx, {
        key: confirmKey(agreement, unitId),
        unitId,
        permission: 'agreement.confirm',
        title: `Xác nhận đã ký: ${title}`,
        why: 'Giao ước có hiệu lực khi mọi đơn vị thành viên đã ký và kèm bản ký.',
        link: link(agreement),
        due: agreement.signBy,
      });
  }

  /** Called when a member has confirmed or was excused: once nobody is missing, those who lead may put it in force. */
  async confirmed(tx: Tx, actor: Actor, agreement: Agreement, unitId: number): Promise<void> {
    const members = await this.members.live(tx, agreement.id);
    const own = members.find((member) => member.unitId === unitId);
    if (own && (own.excused || own.scanned)) await this.desk.close(tx, actor, confirmKey(agreement, unitId));
    if (agreement.state !== 'SIGNING' || members.some((member) => !member.excused && !member.scanned)) return;
    await this.desk.open(tx, {
      key: `agreement.force:${agreement.id}`,
      unitId: await this.leader(tx, agreement),
      permission: 'agreement.draft',
      title: `Đưa vào thực hiện: ${await this.title(tx, agreement)}`,
      why: 'Mọi đơn vị thành viên đã ký.',
      link: link(agreement),
      due: null,
    });
  }

  async closeConfirmations(tx: Tx, actor: Actor, agreement: Agreement): Promise<void> {
    for (const { unitId } of await this.everyMember(tx, agreement))
      await this.desk.close(tx, actor, confirmKey(agreement, unitId));
  }

  /** All of them when the agreement comes into force; one when its outcome was taken back. */
  async askCommitments(
    tx: Tx,
    agreement: Agreement,
    only?: { readonly commitmentId: number; readonly unitId: number },
  ): Promise<void> {
    const all = await this.commitments(tx, agreement);
    const asked = only ? all.filter((one) => one.id === only.commitmentId && one.unitId === only.unitId) : all;
    for (const { id, unitId, at, content, deadline } of asked)
      await this.desk.open(tx, {
        key: commitmentKey(id, unitId),
        unitId: at,
        permission: 'agreement.draft',
        title: `Cam kết đến hạn: ${content.length > 120 ? `${content.slice(0, 119)}…` : content}`,
        why: 'Đơn vị đã cam kết trong giao ước, chương trình; cần báo kết quả khi đến hạn.',
        link: link(agreement),
        due: deadline,
      });
  }

  closeCommitment(tx: Tx, actor: Actor, commitmentId: number, unitId: number): Promise<void> {
    return this.desk.close(tx, actor, commitmentKey(commitmentId, unitId));
  }

  async closeCommitments(tx: Tx, actor: Actor, agreement: Agreement): Promise<void> {
    for (const { id, unitId } of await this.commitments(tx, agreement))
      await this.closeCommitment(tx, actor, id, unitId);
  }

  private async asked(q: Queryable, { id }: Agreement, only: number | undefined): Promise<{ unitId: number }[]> {
    const members = await this.members.live(q, id);
    return only === undefined ? members : members.filter(({ unitId }) => unitId === only);
  }

  /** What a unit has been asked and not done, by the keys of its tasks; commitments are asked of whoever carries them out. */
  async keysOf(
    q: Queryable,
    agreement: Agreement,
    unitId: number,
  ): Promise<{ asked: string[]; commitments: string[] }> {
    const lines = await q.query<{ id: number }>(`SELECT id FROM agreement_commitment WHERE agreement_id = $1`, [
      agreement.id,
    ]);
    return {
      asked: [opinionKey(agreement, unitId), confirmKey(agreement, unitId)],
      commitments: [...lines.map(({ id }) => commitmentKey(id, unitId)), `agreement.force:${agreement.id}`],
    };
  }

  private commitments(q: Queryable, agreement: Agreement): Promise<CommitmentUnit[]> {
    return q.query<CommitmentUnit>(
      `SELECT k.id, m.unit_id AS "unitId", coalesce(m.carried_by, m.unit_id) AS at, k.content, k.deadline FROM agreement_commitment k
         JOIN agreement_member m ON m.agreement_id = k.agreement_id AND m.removed_on IS NULL AND m.ended_on IS NULL
          AND (m.excused_on IS NULL OR EXISTS (SELECT 1 FROM agreement_confirmation c
                 WHERE c.agreement_id = m.agreement_id AND c.unit_id = m.unit_id AND c.removed_on IS NULL))
          AND (k.owner_id IS NULL OR k.owner_id = m.unit_id)
        WHERE k.agreement_id = $1 AND k.deadline IS NOT NULL ORDER BY k.id, m.unit_id`,
      [agreement.id],
    );
  }

  /** Members that left the bloc during the discussion had tasks as well. */
  private everyMember(q: Queryable, { id }: Agreement): Promise<{ unitId: number }[]> {
    return q.query(`SELECT DISTINCT unit_id AS "unitId" FROM agreement_member WHERE agreement_id = $1`, [id]);
  }

  /** The head unit leads; without one the organiser does. */
  private async leader(q: Queryable, { blocId, unitId, carriedBy }: Agreement): Promise<number> {
    if (blocId === null) return carriedBy ?? unitId ?? 0;
    const [head] = await q.query<{ unitId: number }>(
      `SELECT coalesce((SELECT m.unit_id FROM bloc_member m WHERE m.bloc_id = b.id AND m.role = 'HEAD'), b.carried_by, b.organiser_id) AS "unitId"
         FROM bloc b WHERE b.id = $1`,
      [blocId],
    );
    return head?.unitId ?? 0;
  }

  private async title(q: Queryable, { id, blocId, textNumber }: Agreement): Promise<string> {
    const [text] = await q.query<{ title: string }>(
      `SELECT title FROM agreement_text WHERE agreement_id = $1 AND number = $2`,
      [id, textNumber],
    );
    const bloc = blocId === null ? null : (await this.blocs.refs(q, [blocId])).get(blocId);
    return bloc ? `${text?.title ?? ''} (${bloc.name})` : (text?.title ?? '');
  }
}

function link({ id }: Agreement): string {
  return `/giao-uoc/${id}`;
}

function opinionKey({ id, textNumber }: Agreement, unitId: number): string {
  return `agreement.opinion:${id}:${textNumber}:${unitId}`;
}

function confirmKey({ id }: Agreement, unitId: number): string {
  return `agreement.confirm:${id}:${unitId}`;
}

function commitmentKey(commitmentId: number, unitId: number): string {
  return `agreement.commitment:${commitmentId}:${unitId}`;
}
