import type { Computing, Summary } from '@lib/summaries';

/**
 * What the routes answer that write the reply themselves, by operation id and status. The contract takes the answers of
 * all other routes from the types that their handlers return.
 */
export interface WrittenReplies {
  SummariesController_ask: {
    /** The stored text. */
    200: Summary;
    202: Computing;
  };
}
