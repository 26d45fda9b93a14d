import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refused, type RefusalDetail } from '@lib/kernel';

interface Sentence {
  readonly code: string;
  /** `#` stands for the first number in the library's own message: the limit. */
  readonly message: string;
}

const NOT_A_DAY: Sentence = {
  code: 'input.not_day',
  message: 'Ngày phải có thật, từ năm 1900 đến 2199, dạng năm-tháng-ngày, ví dụ 2024-07-16.',
};

/** What each check of class-validator says to an officer. A check of our own brings its own Vietnamese sentence. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  whitelistValidation: { code: 'input.unknown_property', message: 'Không có trường dữ liệu này.' },
  unknownValue: { code: 'input.not_object', message: 'Dữ liệu gửi lên không đúng dạng.' },
  nestedValidation: { code: 'input.not_object', message: 'Dữ liệu ở đây không đúng dạng.' },
  isDefined: { code: 'input.required', message: 'Hãy điền mục này.' },
  isNotEmpty: { code: 'input.required', message: 'Hãy điền mục này.' },
  isNotBlank: { code: 'input.required', message: 'Hãy điền mục này.' },
  isString: { code: 'input.not_text', message: 'Mục này phải là chữ.' },
  isInt: { code: 'input.not_integer', message: 'Mục này phải là số nguyên.' },
  isNumber: { code: 'input.not_number', message: 'Mục này phải là số.' },
  isPositive: { code: 'input.too_small', message: 'Số phải lớn hơn 0.' },
  min: { code: 'input.too_small', message: 'Số nhỏ nhất được nhận là #.' },
  max: { code: 'input.too_big', message: 'Số lớn nhất được nhận là #.' },
  isBoolean: { code: 'input.not_boolean', message: 'Mục này chỉ nhận có hoặc không.' },
  isIn: { code: 'input.not_allowed', message: 'Giá trị này không có trong danh mục.' },
  isEnum: { code: 'input.not_allowed', message: 'Giá trị này không có trong danh mục.' },
  minLength: { code: 'input.too_short', message: 'Cần ít nhất # ký tự.' },
  maxLength: { code: 'input.too_long', message: 'Không quá # ký tự.' },
  matches: { code: 'input.wrong_format', message: 'Mã hoặc ký hiệu không đúng dạng.' },
  isDay: NOT_A_DAY,
  isArray: { code: 'input.not_list', message: 'Mục này phải là một danh sách.' },
  isObject: { code: 'input.not_object', message: 'Dữ liệu ở đây không đúng dạng.' },
  arrayMinSize: { code: 'input.too_few', message: 'Cần ít nhất # mục.' },
  arrayMaxSize: { code: 'input.too_many', message: 'Không quá # mục một lần.' },
  arrayUnique: { code: 'input.repeated', message: 'Danh sách có mục lặp lại.' },
  arrayNotEmpty: { code: 'input.too_few', message: 'Danh sách không được trống.' },
  isUuid: { code: 'input.wrong_format', message: 'Mã không đúng dạng.' },
};

/** The check that says most comes first: something missing is "fill this in", not "must be text". */
const ORDER = [
  'whitelistValidation',
  'unknownValue',
  'isDefined',
  'isNotEmpty',
  'isArray',
  'isString',
  'isInt',
  'isDay',
  'isObject',
  'isNotBlank',
];

/** Input is refused whole, with every wrong field named at once; properties nobody declared are refused too. */
export function inputPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => Refused.all(errors.flatMap((error) => detailsOf(error, ''))),
  });
}

function detailsOf(error: ValidationError, parent: string): RefusalDetail[] {
  const field = pathOf(parent, error.property);
  const below = (error.children ?? []).flatMap((child) => detailsOf(child, field ?? ''));
  const [name] = Object.keys(error.constraints ?? {}).sort((a, b) => rank(a) - rank(b));
  if (name === undefined) return below;
  return [{ ...sentenceFor(name, error), field }, ...below];
}

/** `lines` + `3` + `unit` → `lines[3].unit` */
function pathOf(parent: string, property: string | undefined): string | null {
  if (property === undefined) return parent || null;
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent ? `${parent}.${property}` : property;
}

function sentenceFor(name: string, error: ValidationError): { code: string; message: string } {
  const own = error.constraints?.[name] ?? '';
  const sentence = SENTENCES[spokenName(name, error.value, own)];
  if (!sentence) return { code: `input.${name}`, message: own };
  const [limit = ''] = /\d+/.exec(own.replace(error.property, '')) ?? [];
  return { code: sentence.code, message: sentence.message.replace('#', limit) };
}

/** The check whose sentence fits: what is missing is "fill this in", and a length has two limits under one name. */
function spokenName(name: string, value: unknown, own: string): string {
  if (name === 'whitelistValidation' || name === 'unknownValue') return name;
  if (value === undefined || value === null || value === '') return 'isDefined';
  if (name === 'isLength') return own.includes('shorter') ? 'maxLength' : 'minLength';
  return name;
}

function rank(name: string): number {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}
