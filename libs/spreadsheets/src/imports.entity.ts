import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification } from '@lib/kernel';
import type { ImportKindName, LineVerdict } from './import-kind.js';
import type { ImportState } from './import.workflow.js';

/** Said of the file as a whole. A problem refuses it; a note tells what was left out or taken for what. */
export interface ImportNote {
  readonly code: string;
  readonly message: string;
}

/** Which column of the file is which. */
export interface SheetLayout {
  /** Null for CSV. */
  readonly sheet: string | null;
  /** Numbers of the first and last line of the header. */
  readonly header: readonly [number, number];
  /** In the order of the file; `index` counts from 0. */
  readonly columns: readonly { readonly name: string; readonly header: string; readonly index: number }[];
}

export const IMPORT_PHASES = ['READING', 'MARKING', 'WRITING'] as const;
export type ImportPhase = (typeof IMPORT_PHASES)[number];
export type VerdictCounts = Readonly<Record<LineVerdict, number>>;

@Entity('import')
export class Import {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') kind: ImportKindName;
  @Column('int', { name: 'unit_id', nullable: true }) unitId: number | null;
  @Column('jsonb') params: Record<string, string>;
  @Column('text') classification: Classification;
  @Column('int', { name: 'file_id' }) fileId: number;
  /** The sheet that was asked for. */
  @Column('text', { nullable: true }) sheet: string | null;
  @Column('text') state: ImportState;
  @Column('int') version: number;
  /** Who uploaded; null: the operator. */
  @Column('int', { name: 'account_id', nullable: true }) accountId: number | null;
  @Column('text', { name: 'account_name' }) accountName: string;
  /** Whose rights the job works with. */
  @Column('int', { name: 'acting_id', nullable: true }) actingId: number | null;
  @Column('text', { name: 'acting_name' }) actingName: string;
  @Column('boolean', { name: 'skip_wrong' }) skipWrong: boolean;
  @Column('int') attempt: number;
  @Column('text', { nullable: true }) phase: ImportPhase | null;
  @Column('int') done: number;
  @Column('int', { nullable: true }) total: number | null;
  @Column('jsonb', { nullable: true }) layout: SheetLayout | null;
  @Column('jsonb', { nullable: true }) counts: VerdictCounts | null;
  @Column('jsonb') notes: ImportNote[];
  @Column('jsonb') problems: ImportNote[];
  @Column('int', { name: 'answer_file_id', nullable: true }) answerFileId: number | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'state_at' }) stateAt: Date;
}
