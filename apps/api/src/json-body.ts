import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '@lib/kernel';

/** 1 MB: no form and no list entered by hand is larger. Files have a limit of their own. */
export const BODY_LIMIT = 1024 * 1024;

/** The deepest message of the contract has six levels; deeper ones only exhaust the stack of whoever walks them. */
const DEEPEST = 16;

/**
 * JSON is the only body the API reads, files apart. Refuses what is no JSON, what tries to reach a prototype, what nests
 * without end, and what PostgreSQL does not store: the zero character, and half a character.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, text: string, done) => {
      if (text === '') return done(null, undefined);
      parse(request, text, (error, value: unknown) => {
        if (error) return done(new Refused('input.malformed_json', 'Dữ liệu gửi lên không phải JSON hợp lệ.'));
        if (text.includes('\\u0000')) return done(zeroCharacter());
        if (isTooDeep(value)) return done(new Refused('input.too_deep', 'Dữ liệu gửi lên lồng nhau quá sâu.'));
        if (hasHalfCharacter(value)) return done(zeroCharacter());
        done(null, value);
      });
      return undefined;
    },
  );
}

export function zeroCharacter(): Refused {
  return new Refused('input.zero_character', 'Dữ liệu có ký tự không lưu được.');
}

/** Written out anew, a lone surrogate, in a name or in a value, becomes an escape; a whole character never does. */
function hasHalfCharacter(value: unknown): boolean {
  return /\\ud[89a-f][0-9a-f]{2}/.test(JSON.stringify(value).replaceAll('\\\\', ''));
}

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level
      .filter((one) => typeof one === 'object' && one !== null)
      .flatMap((one) => Object.values(one as object));
    if (level.length === 0) return false;
  }
  return true;
}
