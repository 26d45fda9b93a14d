import { Injectable } from '@nestjs/common';
import type { Tx } from '@lib/platform';

/** Told inside the transaction that changes it. @param personIds the records concerned, merged ones included */
export type PeopleListener = (tx: Tx, personIds: readonly number[]) => Promise<void>;

/** What rooms above have to follow: they register when the program starts. */
@Injectable()
export class PeopleNews {
  private readonly ofIdentity: PeopleListener[] = [];
  private readonly ofMoves: PeopleListener[] = [];
  private readonly ofAdmissions: PeopleListener[] = [];

  /** Two records have become one person, or two again. */
  onIdentityChanged(listener: PeopleListener): void {
    this.ofIdentity.push(listener);
  }

  /** People belong to other units than before, on days that may lie in the past. */
  onMoved(listener: PeopleListener): void {
    this.ofMoves.push(listener);
  }

  /** The day of admission of these people was recorded or corrected. */
  onAdmitted(listener: PeopleListener): void {
    this.ofAdmissions.push(listener);
  }

  async identityChanged(tx: Tx, personIds: readonly number[]): Promise<void> {
    for (const listener of this.ofIdentity) await listener(tx, personIds);
  }

  async moved(tx: Tx, personIds: readonly number[]): Promise<void> {
    if (personIds.length === 0) return;
    for (const listener of this.ofMoves) await listener(tx, personIds);
  }

  async admitted(tx: Tx, personIds: readonly number[]): Promise<void> {
    if (personIds.length === 0) return;
    for (const listener of this.ofAdmissions) await listener(tx, personIds);
  }
}
