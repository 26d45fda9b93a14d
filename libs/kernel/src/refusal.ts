/**
 * A refusal is an expected "no": a code, the field it is about, and the facts its Vietnamese sentence needs.
 * Rooms throw it before anything is stored; one filter turns it into HTTP. Anything else that is thrown is a fault.
 */
export type RefusalKind = 'invalid' | 'conflict' | 'not_found' | 'forbidden' | 'signed_out' | 'too_many' | 'too_large';

export interface RefusalDetail {
  /** `room.what_is_wrong`; the sentence belongs to the code. */
  readonly code: string;
  /** Path of the offending input, `stated.collectives` or `lines[3].unit`; null when it concerns the whole. */
  readonly field: string | null;
  /** Vietnamese sentence shown to the officer. */
  readonly message: string;
}

export class Refused extends Error {
  readonly details: readonly RefusalDetail[];

  constructor(
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly kind: RefusalKind = 'invalid',
    details?: readonly RefusalDetail[],
  ) {
    super(message);
    this.name = 'Refused';
    this.details = details ?? [{ code, field, message }];
  }

  /** Everything outside the caller's grants "does not exist": the same answer as for an unknown code. */
  static notFound(what: string, field: string | null = null): Refused {
    return new Refused(
      `${what}.not_found`,
      'Không tìm thấy, hoặc không thuộc phạm vi được giao của anh/chị.',
      field,
      'not_found',
    );
  }

  /** Several refusals found in one pass, so that a form can mark all wrong fields at once. */
  static all(details: readonly RefusalDetail[], kind: RefusalKind = 'invalid'): Refused {
    const [first] = details;
    if (!first) throw new Error('Refused.all needs at least one detail');
    return new Refused(first.code, first.message, first.field, kind, details);
  }
}

/** A warning never blocks: it is stored with the answer and shown beside what was saved. */
export interface Warning {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}
