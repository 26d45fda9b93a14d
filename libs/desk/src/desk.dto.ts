import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** `mine`: by a grant on that very unit; `below`: of units under mine, for whom one may act in their place. */
export const TASKS_OF = ['mine', 'below'] as const;
export type TasksOf = (typeof TASKS_OF)[number];

export class TaskCountsQuery {
  @IsIn(TASKS_OF) of: TasksOf;
}

export class TasksQuery extends TaskCountsQuery {
  /** `nomination.receive`, or the word before its dot for all kinds that begin with it. */
  @IsOptional() @Matches(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/) kind?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(200) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class NoticesQuery {
  /** `next` of the page before. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
}

export class ReadAllInput {
  /** The latest notice that the reader has seen. */
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) upTo: number;
}
