import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { CLASSIFICATIONS, type Classification } from '@lib/kernel';
import { IsText, MayOmit } from '@lib/platform';
import { GENDERS, type Gender } from './person.entity.js';

const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class PeopleQuery {
  /** Words of the name, with or without accents. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  /** Only this unit and what is below it. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(2000) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class RecordPersonInput {
  @IsText(1, 200) name: string;
  @IsOptional() @IsInt() birthYear?: number | null;
  @IsOptional() @IsIn(GENDERS) gender?: Gender | null;
  @Matches(UNIT_CODE) unit: string;
  @IsOptional() @IsText(1, 50) memberCard?: string | null;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
}
