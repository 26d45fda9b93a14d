import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Day, Role } from '@lib/kernel';

@Entity('account')
export class Account {
  @PrimaryGeneratedColumn() id: number;
  /** Lower case. */
  @Column('text') username: string;
  @Column('text') name: string;
  /** argon2id, PHC string. */
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  /** Its password is public. */
  @Column('boolean') demo: boolean;
  @Column('boolean') disabled: boolean;
  /** Where notices go by mail. */
  @Column('text', { nullable: true }) email: string | null;
  @Column('boolean', { name: 'mail_notices' }) mailNotices: boolean;
  @Column('int', { name: 'created_by', nullable: true }) createdBy: number | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@Entity('account_grant')
export class AccountGrant {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { name: 'account_id' }) accountId: number;
  @Column('int', { name: 'unit_id' }) unitId: number;
  @Column('text') role: Role;
  @Column('date', { name: 'valid_from' }) validFrom: Day;
  /** First day on which it no longer holds. */
  @Column('date', { name: 'valid_to' }) validTo: Day;
  @Column('int', { name: 'granted_by', nullable: true }) grantedBy: number | null;
}

@Entity('session')
export class Session {
  /** SHA-256 of the cookie. */
  @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  @Column('int', { name: 'account_id' }) accountId: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
}
