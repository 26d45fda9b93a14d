import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Classification } from '@lib/kernel';

@Entity('file')
export class StoredFile {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') name: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  /** Bytes. */
  @Column('int') size: number;
  /** Hexadecimal; also where the content lies. */
  @Column('text') sha256: string;
  @Column('text') classification: Classification;
  /** Account; null: the system itself. */
  @Column('int', { name: 'uploaded_by', nullable: true }) uploadedBy: number | null;
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt: Date;
  /** When a record took it over; null: only its uploader reads it, and it is swept after a day. */
  @Column('timestamptz', { name: 'attached_at', nullable: true }) attachedAt: Date | null;
}
