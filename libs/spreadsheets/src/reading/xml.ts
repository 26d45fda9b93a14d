import { SaxesParser } from 'saxes';
import { Refused } from '@lib/kernel';

export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML in pieces; names come without prefix. Yields after each piece, so that what was collected can be handed on.
 * There is no DTD: entities are not expanded.
 */
export async function* readXml(pieces: AsyncIterable<string>, reader: XmlReader): AsyncGenerator<void> {
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => reader.open?.(local(name), attributes));
  parser.on('closetag', ({ name }) => reader.close?.(local(name)));
  if (reader.text) parser.on('text', (text) => reader.text?.(text));
  parser.on('doctype', () => {
    throw notXml();
  });
  let failed: Error | null = null;
  parser.on('error', (error) => (failed ??= error));
  let any = false;
  for await (const piece of pieces) {
    any = true;
    parser.write(piece);
    if (failed) throw notXml();
    yield;
  }
  // A member that is not there says nothing.
  if (any) parser.close();
  if (failed) throw notXml();
  yield;
}

/** Reads all of a small member. */
export async function readWhole(pieces: AsyncIterable<string>, reader: XmlReader): Promise<void> {
  for await (const _ of readXml(pieces, reader));
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function notXml(): Refused {
  return new Refused(
    'imports.xml_broken',
    'Bảng tính hỏng ở bên trong. Hãy mở bằng Excel, lưu lại rồi gửi lại.',
    'file',
  );
}
