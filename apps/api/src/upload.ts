import type { FastifyRequest } from 'fastify';
import type { Arrived, Files } from '@lib/files';
import { CLASSIFICATIONS, Refused, type Classification } from '@lib/kernel';

export interface Upload {
  readonly arrived: Arrived;
  readonly name: string;
  readonly classification: Classification;
}

/**
 * Reads `multipart/form-data` with one `file` and an optional `classification`, in either order, streaming the file to
 * disk. Whatever is refused leaves nothing behind.
 */
export async function receiveUpload(request: FastifyRequest, files: Files): Promise<Upload> {
  if (!request.isMultipart()) throw new Refused('input.media_type', 'Hãy gửi tệp dạng multipart/form-data.', 'file');
  let arrived: Arrived | null = null;
  let name = '';
  let classification: Classification = 'INTERNAL';
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file' || arrived) throw unknownField(part.fieldname);
        name = part.filename;
        arrived = await files.receive(part.file);
      } else if (part.fieldname === 'classification') {
        classification = classificationOf(part.value);
      } else {
        throw unknownField(part.fieldname);
      }
    }
    if (!arrived) throw new Refused('input.required', 'Hãy chọn tệp.', 'file');
    return { arrived, name, classification };
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
