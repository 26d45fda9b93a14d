import type { FastifyRequest } from 'fastify';
import { FILE_LIMIT, type Arrived, type Files } from '@lib/files';
import { CLASSIFICATIONS, Refused, type Classification } from '@lib/kernel';

export interface Upload {
  readonly arrived: Arrived;
  readonly name: string;
  readonly classification: Classification;
  /** Every field beside the file that came, `classification` included. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a form adds around its file. */
const AROUND = 64 * 1024;

/**
 * Reads `multipart/form-data` with one `file`, an optional `classification` and the named fields, in any order, streaming the
 * file to disk. One that says itself that it is too large is refused before it is read. Whatever is refused leaves nothing behind.
 */
export async function receiveUpload(
  request: FastifyRequest,
  files: Files,
  named: readonly string[] = [],
): Promise<Upload> {
  if (!request.isMultipart()) throw new Refused('input.media_type', 'Hãy gửi tệp dạng multipart/form-data.', 'file');
  if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT + AROUND)
    throw new Refused('files.too_large', 'Tệp lớn hơn 25 MB.', 'file', 'too_large');
  let arrived: Arrived | null = null;
  let name = '';
  const fields: Record<string, string> = {};
  let classification: Classification = 'INTERNAL';
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file' || arrived) throw unknownField(part.fieldname);
        name = part.filename;
        arrived = await files.receive(part.file);
      } else if (part.fieldname === 'classification') {
        classification = classificationOf(part.value);
        fields['classification'] = classification;
      } else if (named.includes(part.fieldname) && typeof part.value === 'string') {
        fields[part.fieldname] = part.value;
      } else {
        throw unknownField(part.fieldname);
      }
    }
    if (!arrived) throw new Refused('input.required', 'Hãy chọn tệp.', 'file');
    return { arrived, name, classification, fields };
  } catch (error) {
    if (arrived) await files.discard(arrived);
    throw isCutOff(error)
      ? new Refused('files.incomplete', 'Tệp gửi lên bị đứt giữa chừng, hãy gửi lại.', 'file')
      : error;
  }
}

/** The parser of forms names its complaints only by their text. */
function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Unexpected end of|Part terminated early|Multipart: Boundary not found)/.test(error.message)
  );
}

function classificationOf(value: unknown): Classification {
  const known = CLASSIFICATIONS.find((one) => one === value);
  if (!known) throw new Refused('input.not_allowed', 'Giá trị này không có trong danh mục.', 'classification');
  return known;
}

function unknownField(field: string): Refused {
  return new Refused('input.unknown_property', 'Không có trường dữ liệu này.', field);
}
