/**
 * A reading that rides in the statement that finds the session, so that a request needs one statement instead of two. It is
 * written before anyone knows who asks: it must bring what its service then judges by the caller's scope, and the service
 * hands out nothing before it has.
 */
export interface Cargo {
  /**
   * From the query as sent, not yet validated: SQL of a SELECT of at most one row, which appends its values to `params`; its
   * columns come along as `carried`. Null where the query is not one that the reading answers. The text must always be the
   * same: it is planned once.
   */
  load(query: unknown): ((params: unknown[]) => string) | null;
}
