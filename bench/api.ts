import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { readEnv } from '@lib/platform';
import { createApi } from '../apps/api/src/create-api.js';

/** The program's own API in a process of its own, on a port that the system chooses. */
const [, , databaseUrl = ''] = process.argv;
const env = { ...readEnv(), demo: false, dataDir: tmpdir() };
const app = await createApi({ env, databaseUrl });
await app.listen(0, '127.0.0.1');
process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
process.send?.((app.getHttpServer().address() as AddressInfo).port);
