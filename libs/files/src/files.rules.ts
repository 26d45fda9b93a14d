import { Refused, tidy } from '@lib/kernel';

/** 25 MB: a scanned decision with its list of names. */
export const FILE_LIMIT = 25 * 1024 * 1024;

const OLE = 'application/x-cfb';

/** What may be kept: extension → media type, and the signature the content must carry. Office files with macros are not here. */
const ALLOWED: Readonly<Record<string, { readonly mediaType: string; readonly signature: string }>> = {
  pdf: same('application/pdf'),
  png: same('image/png'),
  jpg: same('image/jpeg'),
  jpeg: same('image/jpeg'),
  docx: same('application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
  xlsx: same('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  doc: { mediaType: 'application/msword', signature: OLE },
  xls: { mediaType: 'application/vnd.ms-excel', signature: OLE },
};

function same(mediaType: string): { mediaType: string; signature: string } {
  return { mediaType, signature: mediaType };
}

/** The name as it is shown and downloaded: no folders, no control characters, at most 200 characters. */
export function cleanName(given: string): string {
  const base = given.split(/[\\/]/).at(-1) ?? '';
  const name = tidy(base.replace(/[\p{Cc}\p{Cf}]/gu, ''));
  if (name.length <= 200) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, 200 - extension.length) + extension;
}

/**
 * The media type of an upload, from its name; the content's signature must agree with it.
 * @throws Refused `files.type_not_allowed`, `files.signature_differs`
 */
export function mediaTypeOf(name: string, signature: string | null): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const allowed = Object.hasOwn(ALLOWED, extension) ? ALLOWED[extension] : undefined;
  if (!allowed) {
    throw new Refused('files.type_not_allowed', 'Chỉ nhận tệp PDF, PNG, JPEG, DOC, DOCX, XLS, XLSX.', 'file');
  }
  if (allowed.signature !== signature) {
    throw new Refused('files.signature_differs', 'Nội dung tệp không đúng với phần mở rộng của tên tệp.', 'file');
  }
  return allowed.mediaType;
}
