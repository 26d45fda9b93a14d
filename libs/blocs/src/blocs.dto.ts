import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Day } from '@lib/kernel';
import { IsDay, IsId, IsText, MayOmit, Nested, NestedList } from '@lib/platform';
import { UNIT_CODE } from '@lib/units';
import { BLOC_KINDS, BLOC_ROLES, type BlocKind, type BlocRole } from './bloc.entity.js';

export class BlocMemberInput {
  @Matches(UNIT_CODE) unit: string;
  /** MEMBER when left out. */
  @MayOmit() @IsIn(BLOC_ROLES) role?: BlocRole;
  /** First day in the bloc; left out: the whole year. */
  @IsOptional() @IsDay() joined?: Day | null;
  /** Last day in the bloc. */
  @IsOptional() @IsDay() leftOn?: Day | null;
}

/** The person who stands for the head unit, as the paper prints it. */
export class RepresentativeInput {
  @IsText(2, 120) name: string;
  @IsOptional() @IsString() @MaxLength(100) rank?: string | null;
  @IsOptional() @IsString() @MaxLength(200) post?: string | null;
}

class BlocFacts {
  /** A name of its own beside the derived one. */
  @IsOptional() @IsString() @MaxLength(200) ownName?: string | null;
  @IsOptional() @IsString() @MaxLength(2000) theme?: string | null;
  @IsOptional() @IsString() @MaxLength(2000) note?: string | null;
  @IsOptional() @IsString() @MaxLength(300) source?: string | null;
  @IsOptional() @Nested(() => RepresentativeInput) representative?: RepresentativeInput | null;
  @IsArray() @ArrayMaxSize(500) @NestedList(() => BlocMemberInput) members: BlocMemberInput[];
}

/** The key (organiser, kind, number, year) is given once; what is wrong in it is a bloc of its own. */
export class CreateBlocInput extends BlocFacts {
  @Matches(UNIT_CODE) organiser: string;
  @IsIn(BLOC_KINDS) kind: BlocKind;
  @IsInt() @Min(1) @Max(999) number: number;
  @IsInt() @Min(1990) @Max(2100) year: number;
}

/** The whole bloc as it shall be; a member left out is taken off the list. */
export class EditBlocInput extends BlocFacts {
  /** The version that the editor saw. */
  @IsId() version: number;
}

export class BlocsQuery {
  @MayOmit() @Type(() => Number) @IsInt() @Min(1990) @Max(2100) year?: number;
  @MayOmit() @Matches(UNIT_CODE) organiser?: string;
  @MayOmit() @Matches(/^\d{4}-\d{1,10}$/) after?: string;
  @MayOmit() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
