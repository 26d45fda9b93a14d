import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An earlier run that was just stopped may still be letting go of its port. */
const PATIENCE_MS = 3_000;

/** @throws Error with a Vietnamese sentence where the address cannot be listened on. Nothing is started before this. */
export async function checkPort(port: number, host: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const error = await tryListening(port, host);
    if (error === null) return;
    if (error.code !== 'EADDRINUSE' || Date.now() > deadline) throw portRefusal(error, port, host);
    await sleep(200);
  }
}

export function portRefusal(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(
        `Cổng ${port} đang bị chương trình khác dùng. Hãy chọn cổng khác, ví dụ: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
      );
    case 'EACCES':
      return new Error(`Không có quyền mở cổng ${port}. Hãy chọn cổng từ 1024 trở lên bằng biến PORT.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`Máy này không có địa chỉ ${host}. Hãy sửa biến HOST.`);
    default:
      return new Error(`Không mở được cổng ${port} ở ${host} (${error.message}).`);
  }
}

function tryListening(port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
