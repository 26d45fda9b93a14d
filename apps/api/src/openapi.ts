import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SESSION_COOKIE } from '@lib/access';
import { NO_SECRETS_NOTICE } from '@lib/kernel';
import { documentInputs } from './openapi-fields.js';

let inputsAreDocumented = false;

/**
 * What is sent, as the program itself knows it, in OpenAPI 3.1. `npm run ops -- openapi` adds what is answered and writes
 * the whole as `openapi.json`, which is committed and served; a test fails where it and the sources differ.
 */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  if (!inputsAreDocumented) documentInputs();
  inputsAreDocumented = true;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sổ Vàng')
    .setDescription(
      `Thi đua, khen thưởng công đoàn. Mỗi lỗi có dạng {code, message, field, details[]}. Ngoài phạm vi được giao thì trả lời 404. ${NO_SECRETS_NOTICE}`,
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE)
    .build();
  const document = withoutNullable(SwaggerModule.createDocument(app, config)) as OpenAPIObject;
  // In an order of its own, so that moving a class in the code is no change of the contract.
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted(document.components?.schemas ?? {}) },
  };
}

export function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The framework writes OpenAPI 3.0, where `nullable` stands beside the type; in 3.1 null is a type among others. An address
 * cannot say null.
 */
function withoutNullable(node: unknown, inAddress = false): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutNullable(item, inAddress));
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withoutNullable(value, inAddress || key === 'parameters')]),
  );
  if (nullable !== true || inAddress) return rest;
  if (typeof rest['type'] !== 'string') throw new Error(`may be null, without a type: ${JSON.stringify(rest)}`);
  const { enum: values } = rest;
  return { ...rest, type: [rest['type'], 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}
