import { Agent, request } from 'node:http';

export interface LoadQuestion {
  readonly url: string;
  readonly cookie: string | null;
  readonly requests: number;
  readonly clients: number;
}

export interface LoadAnswer {
  /** Milliseconds of each request. */
  readonly times: number[];
  readonly bytes: number;
}

/** Sends a bounded number of requests from a bounded number of clients; each waits for its answer before the next. */
async function load({ url, cookie, requests, clients }: LoadQuestion): Promise<LoadAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let [left, bytes] = [requests, 0];
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const started = performance.now();
      bytes = await get(url, cookie, agent);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { times, bytes };
}

function get(url: string, cookie: string | null, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, headers: cookie ? { cookie } : {} }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

process.on('message', (question) => void load(question as LoadQuestion).then((answer) => process.send?.(answer)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
