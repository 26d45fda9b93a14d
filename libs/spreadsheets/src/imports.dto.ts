import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { CLASSIFICATIONS, type Classification } from '@lib/kernel';
import { IsId, IsText, MayOmit } from '@lib/platform';
import { IMPORT_KINDS, VERDICTS, type ImportKindName, type LineVerdict } from './import-kind.js';

const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

/** The fields that come beside the file, as text. */
export class UploadImportInput {
  @IsIn(IMPORT_KINDS) kind: ImportKindName;
  /** Rows may concern this unit and what is below it. */
  @IsOptional() @Matches(UNIT_CODE) unit?: string | null;
  /** JSON object of texts: the parameters that the kind asks for. */
  @IsOptional() @IsString() @MaxLength(1000) params?: string | null;
  /** Name of the sheet; left out: the first one with the header. */
  @IsOptional() @IsText(1, 100) sheet?: string | null;
  @MayOmit() @IsIn(CLASSIFICATIONS) classification?: Classification;
}

export class TemplateQuery {
  @IsOptional() @Matches(UNIT_CODE) unit?: string;
  /** JSON object of texts, as in an upload. */
  @IsOptional() @IsString() @MaxLength(1000) params?: string;
}

export class ImportsQuery {
  @IsOptional() @IsIn(IMPORT_KINDS) kind?: ImportKindName;
  /** `next` of the page before. */
  @IsOptional() @Type(() => Number) @IsId() after?: number;
}

export class ImportRowsQuery {
  @IsOptional() @IsIn(VERDICTS) verdict?: LineVerdict;
  /** `next` of the page before: a line number. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(10_000_000) after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

export class AcceptImportInput {
  @IsInt() @Min(1) version: number;
  /** Rows that are wrong or asked about are left out, and the log says so. */
  @MayOmit() @IsBoolean() skipWrong?: boolean;
}

export class ImportVersionInput {
  @IsInt() @Min(1) version: number;
}

export class UndoImportInput {
  @IsInt() @Min(1) version: number;
  @IsText(1, 500) reason: string;
}
