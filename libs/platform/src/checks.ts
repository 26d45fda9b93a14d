import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsString, Length, Max, Min, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isDay, tidy } from '@lib/kernel';

/** The largest number that an `int` column holds; ids are never larger. */
export const LARGEST_ID = 2_147_483_647;

type Of = () => new () => object;

/** A day of the calendar as the house writes it; weeks, hours and years far outside every register are none. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({ name: 'isDay', validator: { validate: isDay, defaultMessage: () => '$property must be a day' } });
}

/** Number of a stored row. */
export function IsId(): PropertyDecorator {
  return applyDecorators(IsInt(), Min(1), Max(LARGEST_ID));
}

/** Text that says something once it is stored, of so many characters. */
export function IsText(shortest: number, longest: number): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && tidy(value) !== '';
  const says = ValidateBy({ name: 'isNotBlank', validator: { validate, defaultMessage: () => '$property is blank' } });
  return applyDecorators(IsString(), Length(shortest, longest), says);
}

/** May be left out, and null is not the same: where null says "none", the check is `@IsOptional()`. */
export function MayOmit(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** One object with checks of its own. Alone, `@ValidateNested()` passes what is missing, and an empty list as an object. */
export function Nested(of: Of): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(of));
}

/** The same of every member of a list; put `@IsArray()` before it. */
export function NestedList(of: Of): PropertyDecorator {
  return applyDecorators(IsObject({ each: true }), ValidateNested({ each: true }), Type(of));
}
