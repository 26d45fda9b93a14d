import type { TestAnswer, TestApi } from './api.js';

/** The smallest content that is sniffed as a PDF. */
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
/** The smallest DOCX: a zip with its content types. */
export const DOCX = Buffer.from(
  'UEsDBBQAAAAIAKG4dV2WsN0u5AAAAHUBAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbJWQvVLDMAzHX8WnlUscGDiOS9KBjxEYygPobCXx1ZZ9llvat8dpoQMbo/3/+EnqN8fg1YGyuMgD3LYdKGITreN5gM/ta/MASgqyRR+ZBjiRwGbst6dEomqWZYCllPSotZiFAkobE3FVppgDlvrMs05odjiTvuu6e20iF+LSlLUDxv6ZJtz7ol6O9fsyRyYvoJ4uxpU1AKbkncFSdX1g+4fS/BDamjx7ZHFJbqoB9Ni/1wWzs6Q+MJc3DLVOf8VstY1mHyqiXY3/4sVpcoau+bUt5WhIpF4u+PaqBHT8O4c+n238BlBLAwQUAAAACAChuHVdK4QmEgYAAAAEAAAACwAAAF9yZWxzLy5yZWxzs6nQtwMAUEsDBBQAAAAIAKG4dV0rhCYSBgAAAAQAAAARAAAAd29yZC9kb2N1bWVudC54bWyzqdC3AwBQSwECFAMUAAAACAChuHVdlrDdLuQAAAB1AQAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUAxQAAAAIAKG4dV0rhCYSBgAAAAQAAAALAAAAAAAAAAAAAACAARUBAABfcmVscy8ucmVsc1BLAQIUAxQAAAAIAKG4dV0rhCYSBgAAAAQAAAARAAAAAAAAAAAAAACAAUQBAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAwADALkAAAB5AQAAAAA=',
  'base64',
);

const BOUNDARY = 'ranh-gioi-thu-nghiem';

/** Sends one file over POST /api/files, as the web form does. */
export function uploadFile(api: TestApi, as: string, name: string, content: Buffer): Promise<TestAnswer> {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  return api.inject('POST', '/api/files', { as, payload, headers });
}
