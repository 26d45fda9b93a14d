import { Injectable } from '@nestjs/common';
import { dayOf, type Day } from '@lib/kernel';

/**
 * The only place that knows what time it is. The demo is loaded, and tests run, with the clock set to a document's date,
 * so that "as known on" tells the truth about when the system learned a fact.
 */
@Injectable()
export class Clock {
  private fixed: Date | null = null;

  now(): Date {
    return this.fixed ?? new Date();
  }

  /** Today in Vietnam. */
  today(): Day {
    return dayOf(this.now());
  }

  /** Noon in Vietnam of the given day, until {@link release}. */
  setTo(day: Day): void {
    this.fixed = new Date(`${day}T05:00:00Z`);
  }

  release(): void {
    this.fixed = null;
  }
}
