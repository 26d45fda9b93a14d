import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SESSION_COOKIE } from '@lib/access';
import { NO_SECRETS_NOTICE } from '@lib/kernel';
import { documentInputs } from './openapi-fields.js';

let inputsAreDocumented = false;

/** The contract, as the program itself knows it. Committed as `openapi.json`; a test fails where the two differ. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  if (!inputsAreDocumented) documentInputs();
  inputsAreDocumented = true;
  const config = new DocumentBuilder()
    .setTitle('Sổ Vàng')
    .setDescription(
      `Thi đua, khen thưởng công đoàn. Mỗi lỗi có dạng {code, message, field, details[]}. Ngoài phạm vi được giao thì trả lời 404. ${NO_SECRETS_NOTICE}`,
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE)
    .build();
  const document = SwaggerModule.createDocument(app, config);
  // In an order of its own, so that moving a class in the code is no change of the contract.
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted(document.components?.schemas ?? {}) },
  };
}

/** As it is committed. */
export function openApiText(app: NestFastifyApplication): string {
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
