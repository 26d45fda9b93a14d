import 'reflect-metadata';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';

type Target = Function;

/** What class-validator keeps of one check; its own type does not show where. */
interface Check {
  readonly target: Target;
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  readonly each: boolean;
}

/**
 * Describes the fields of every input class to OpenAPI from the checks that guard them, so that a message has one
 * source: what the documentation says is what the program refuses.
 */
export function documentInputs(): void {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Target, Check[]> };
  const targets = [...storage.validationMetadatas.keys()].sort((a, b) => ancestors(a) - ancestors(b));
  for (const target of targets) {
    const checks = storage.validationMetadatas.get(target) ?? [];
    for (const property of new Set(checks.map((check) => check.propertyName))) {
      const own = checks.filter((check) => check.propertyName === property);
      ApiProperty(fieldOf(target, property, own))(target.prototype as object, property);
    }
  }
}

function fieldOf(target: Target, property: string, checks: readonly Check[]): ApiPropertyOptions {
  const nullable = checks.some((check) => nameOf(check) === 'isOptional');
  const optional = nullable || checks.some((check) => check.type === 'conditionalValidation');
  const nested = checks.some((check) => nameOf(check) === 'nestedValidation') ? nestedClass(target, property) : null;
  const design = Reflect.getMetadata('design:type', target.prototype as object, property) as Target | undefined;
  const isArray = design === Array || checks.some((check) => nameOf(check) === 'isArray');
  const single = Object.assign({}, ...checks.filter((check) => !isArray || check.each).map(restriction)) as object;
  const whole = isArray ? (Object.assign({}, ...checks.filter((check) => !check.each).map(restriction)) as object) : {};
  const base = { required: !optional, ...(nullable ? { nullable: true } : {}), ...whole };
  if (nested) return { ...base, type: () => nested, isArray } as ApiPropertyOptions;
  const item = { type: typeOf(design, checks), ...single };
  return (isArray ? { ...base, type: 'array', items: item } : { ...base, ...item }) as ApiPropertyOptions;
}

function nestedClass(target: Target, property: string): Target | null {
  const type = defaultMetadataStorage.findTypeMetadata(target, property);
  return (type?.typeFunction() as Target | undefined) ?? null;
}

function typeOf(design: Target | undefined, checks: readonly Check[]): string {
  const names = new Set(checks.map(nameOf));
  if (names.has('isInt')) return 'integer';
  if (names.has('isNumber') || design === Number) return 'number';
  if (names.has('isBoolean') || design === Boolean) return 'boolean';
  return names.has('isObject') ? 'object' : 'string';
}

function restriction(check: Check): object {
  const [a, b] = check.constraints ?? [];
  switch (nameOf(check)) {
    case 'isIn':
      return { enum: [...(a as readonly unknown[])] };
    case 'min':
      return { minimum: a };
    case 'max':
      return { maximum: a };
    case 'isLength':
      return { minLength: a, ...(b === undefined ? {} : { maxLength: b }) };
    case 'maxLength':
      return { maxLength: a };
    case 'minLength':
      return { minLength: a };
    case 'matches':
      return a instanceof RegExp ? { pattern: a.source } : {};
    case 'isDay':
      return { format: 'date' };
    case 'isUuid':
      return { format: 'uuid' };
    case 'arrayMinSize':
      return { minItems: a };
    case 'arrayMaxSize':
      return { maxItems: a };
    case 'arrayUnique':
      return { uniqueItems: true };
    default:
      return {};
  }
}

function nameOf({ name, type }: Check): string {
  return name ?? type;
}

/** How many classes a class extends: a parent's fields are described before its children's. */
function ancestors(target: Target): number {
  const parent = Object.getPrototypeOf(target) as Target | null;
  return parent && parent !== Function.prototype ? 1 + ancestors(parent) : 0;
}
