import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ROLES, type Day, type Role } from '@lib/kernel';
import { IsDay, IsText, MayOmit, NestedList } from '@lib/platform';
import { PASSWORD_MAX } from './access.rules.js';

const UNIT_CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

export class SignInInput {
  @IsString() @Length(1, 100) username: string;
  @IsString() @Length(1, PASSWORD_MAX) password: string;
}

export class ChangePasswordInput {
  @IsString() @Length(1, PASSWORD_MAX) current: string;
  @IsString() @Length(1, PASSWORD_MAX) next: string;
}

export class GrantInput {
  @IsIn(ROLES) role: Role;
  @Matches(UNIT_CODE) unit: string;
  /** First day; today when left out. */
  @MayOmit() @IsDay() validFrom?: Day;
  /** First day on which it no longer holds; null or left out: until it is taken away. */
  @IsOptional() @IsDay() validTo?: Day | null;
}

export class CreateAccountInput {
  /** Small letters, digits, dot, hyphen, underscore. */
  @Matches(/^[a-z0-9][a-z0-9._-]{2,49}$/) username: string;
  @IsText(1, 200) name: string;
  @IsString() @Length(1, PASSWORD_MAX) password: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @NestedList(() => GrantInput)
  grants: GrantInput[];
}

export class SetGrantsInput {
  /** The complete list within the administrator's own scope; grants elsewhere stay as they are. */
  @IsArray() @ArrayMaxSize(50) @NestedList(() => GrantInput) grants: GrantInput[];
}

export class SetDisabledInput {
  @IsBoolean() disabled: boolean;
}

export class SetMailInput {
  /** Null: no address, so no mail. */
  @IsOptional() @IsText(1, 254) email?: string | null;
  @IsBoolean() notices: boolean;
}

export class AccountsQuery {
  @IsOptional() @IsString() @MaxLength(40) unit?: string;
  /** Part of the name or of the user name. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  /** `next` of the page before. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
