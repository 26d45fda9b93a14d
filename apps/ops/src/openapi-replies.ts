import type { OpenAPIObject } from '@nestjs/swagger';
import { sorted } from '../../api/src/openapi.js';
import type { Replies, ResponseTypes } from './response-types.js';
import type { Schema } from './type-schemas.js';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;
type Responses = Operation['responses'];
type Response = NonNullable<Responses[string]>;

const ERROR = { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } };

/** Refusals that read alike on every route. */
const REFUSALS: Readonly<Record<string, { readonly status: number; readonly description: string }>> = {
  Invalid: { status: 400, description: 'Dữ liệu gửi lên không hợp lệ; không lưu gì.' },
  SignedOut: { status: 401, description: 'Chưa đăng nhập.' },
  Conflict: { status: 409, description: 'Trái với điều đã ghi; không lưu gì.' },
  TooLarge: { status: 413, description: 'Dữ liệu gửi lên quá lớn.' },
  TooMany: { status: 429, description: 'Thử quá nhiều lần; đợi theo Retry-After (giây).' },
};

const SUCCESSES: Readonly<Record<number, string>> = {
  200: 'Kết quả.',
  201: 'Đã ghi.',
  202: 'Đang tính lần đầu; hỏi lại sau.',
  204: 'Đã làm; không có nội dung.',
};

/**
 * Adds to the description of what is sent what is answered.
 * @throws Error naming a route without a known answer, a name used twice, or one that nothing describes
 */
export function withReplies(document: OpenAPIObject, { replies, schemas }: ResponseTypes): OpenAPIObject {
  const inputs = document.components?.schemas ?? {};
  for (const name of Object.keys(schemas))
    if (name in inputs) throw new Error(`${name} is both sent and answered, by two types`);
  for (const item of Object.values(document.paths)) {
    for (const method of ['get', 'post', 'put', 'delete', 'patch'] as const) {
      const operation = item[method];
      if (operation) operation.responses = responsesOf(method, operation, replies);
    }
  }
  const whole = {
    ...document,
    components: {
      ...document.components,
      schemas: sorted({ ...inputs, ...(schemas as typeof inputs) }),
      responses: Object.fromEntries(
        Object.entries(REFUSALS).map(([name, { description }]) => [name, { description, content: ERROR }]),
      ),
    },
  };
  refuseDangling(whole);
  return whole;
}

function responsesOf(method: string, operation: Operation, replies: ResponseTypes['replies']): Responses {
  const id = operation.operationId ?? '';
  const accepted = replies.get(id);
  if (!accepted) throw new Error(`${id}: nothing is known of its answer`);
  const own = Object.entries(operation.responses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, response]) => [status, { description: '', ...response, content: ERROR }] as const);
  const common = refusalsOf(method, operation).map(
    (name) => [String(REFUSALS[name]?.status), { $ref: `#/components/responses/${name}` }] as const,
  );
  return Object.fromEntries<Response>([...successes(accepted), ...own, ...common]);
}

function successes(accepted: Replies): [string, Response][] {
  return Object.entries(accepted).map(([status, schema]) => {
    const description = SUCCESSES[Number(status)] ?? '';
    return [status, schema ? { description, content: { [mediaTypeOf(schema)]: { schema } } } : { description }];
  });
}

function mediaTypeOf(schema: Schema): string {
  return schema['format'] === 'binary' ? 'application/octet-stream' : 'application/json';
}

/** The refusals that a route can give, by what it takes and whom it lets in. */
function refusalsOf(method: string, operation: Operation): string[] {
  const access = (operation as Operation & { 'x-access'?: string })['x-access'];
  const takesBody = operation.requestBody !== undefined;
  const asks = operation.parameters?.some((parameter) => !('in' in parameter) || parameter.in === 'query') ?? false;
  const takesPassword = takesBody && (access === 'public' || access === 'signed_in');
  const changes = method !== 'get' && access !== 'public' && (takesBody || access !== 'signed_in');
  return [
    ...(takesBody || asks ? ['Invalid'] : []),
    ...(access !== 'public' || takesPassword ? ['SignedOut'] : []),
    ...(changes ? ['Conflict'] : []),
    ...(takesBody ? ['TooLarge'] : []),
    ...(takesPassword ? ['TooMany'] : []),
  ];
}

function refuseDangling(document: OpenAPIObject): void {
  const known = new Set(Object.keys(document.components?.schemas ?? {}));
  for (const [, name = ''] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (!known.has(name)) throw new Error(`nothing describes ${name}`);
  }
}
