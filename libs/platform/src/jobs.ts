import { Pool } from 'pg';
import {
  createPostgresBackend,
  Queue,
  runMigrations,
  setDefaultBackendFactory,
  Worker,
  type ConnectionOptions,
  type JobsOptions,
} from 'bullmq';
import { Redis } from 'ioredis';

/**
 * Every job of the program: name → queue and how often a sweep wakes it. A job is only a wake-up: the truth lies in a
 * table, so a lost or repeated one does no harm. `soon` holds what people wait for, `long` what may take minutes.
 */
export const JOBS = {
  'figures.apply': { queue: 'soon', sweepMs: 5_000 },
  'summaries.compute': { queue: 'soon', sweepMs: 5_000 },
  // Waits for other machines: one that answers slowly must not hold up the figures.
  'commendations.prepare': { queue: 'soon', sweepMs: 5_000 },
  'imports.run': { queue: 'long', sweepMs: 5_000 },
  'outbox.deliver': { queue: 'long', sweepMs: 15_000 },
  'people.duplicates': { queue: 'long', sweepMs: 60_000 },
  'desk.daily': { queue: 'long', sweepMs: 24 * 3_600_000 },
  'agreements.days': { queue: 'long', sweepMs: 24 * 3_600_000 },
  'reorganisations.days': { queue: 'long', sweepMs: 24 * 3_600_000 },
  'figures.verify': { queue: 'long', sweepMs: 24 * 3_600_000 },
  'files.sweep': { queue: 'long', sweepMs: 3_600_000 },
} as const satisfies Record<string, { queue: QueueName; sweepMs: number }>;
export type JobName = keyof typeof JOBS;
export type JobHandlers = Record<JobName, () => Promise<void>>;

const QUEUES = ['soon', 'long'] as const;
type QueueName = (typeof QUEUES)[number];

const KEEP: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: 100,
  attempts: 3,
  backoff: { type: 'exponential', delay: 500 },
};

/** BullMQ's own defaults bring a killed worker's job back only after about a minute. */
const WORKER = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100, concurrency: 1 };

export interface QueueSettings {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Keeps the queues of tests apart on one Redis. */
  readonly prefix?: string;
}

/** Longest that a command waits for its wake-up to be taken. */
const WAKE_MS = 2_000;

/** The sending side of the queues; {@link run} adds the working side in a worker process. */
export class Jobs {
  private readonly queues: Record<QueueName, Queue>;
  private workers: Worker[] = [];

  private constructor(
    private readonly connection: ConnectionOptions,
    private readonly prefix: string,
    private readonly release: () => Promise<void>,
    /** False while the server of the queues is away: nothing may wait for it then. */
    private readonly reachable: () => boolean = () => true,
  ) {
    this.queues = { soon: this.queue('soon'), long: this.queue('long') };
  }

  static async connect({ databaseUrl, redisUrl, prefix = 'sv' }: QueueSettings): Promise<Jobs> {
    if (redisUrl) {
      setDefaultBackendFactory();
      const redis = await connectRedis(redisUrl);
      const ready = (): boolean => redis.status === 'ready';
      return new Jobs(redis, prefix, async () => void (ready() ? await redis.quit() : redis.disconnect()), ready);
    }
    setDefaultBackendFactory(createPostgresBackend);
    const pool = new Pool({
      connectionString: databaseUrl,
      max: 8,
      options: '-c search_path=bullmq',
      application_name: 'so-vang-queue',
    });
    // An idle connection that dies (a restarted server) must not take the process with it; the pool opens a new one.
    pool.on('error', () => undefined);
    const client = await pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
    // BullMQ's option type names only Redis; its PostgreSQL backend takes the pool.
    return new Jobs(pool as unknown as ConnectionOptions, prefix, () => pool.end());
  }

  /**
   * Wakes a job. A wake-up that arrives while the job runs is kept, and one that is already waiting is enough. One that
   * cannot be sent is left to the sweep: what is stored is stored, and its answer waits for no queue.
   */
  async wake(name: JobName): Promise<void> {
    const options = { ...KEEP, deduplication: { id: name, keepLastIfActive: true } };
    try {
      if (!this.reachable()) throw new Error('the queue is not connected');
      await within(WAKE_MS, this.queues[JOBS[name].queue].add(name, {}, options));
    } catch (error) {
      process.stderr.write(`wake-up of ${name} not sent: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }

  /** Starts working. Fails at once where a job has no handler or a handler no job. */
  async run(handlers: JobHandlers, report: (name: string, error: Error) => void): Promise<void> {
    const missing = Object.keys(JOBS).filter((name) => !(name in handlers));
    const unknown = Object.keys(handlers).filter((name) => !(name in JOBS));
    if (missing.length + unknown.length > 0)
      throw new Error(`jobs without handler: ${missing.join()}; handlers without job: ${unknown.join()}`);
    for (const queue of QUEUES) {
      const worker = new Worker(
        queue,
        async (job) => {
          const handler = handlers[job.name as JobName];
          if (!handler) throw new Error(`no handler for job ${job.name}`);
          await handler();
        },
        { connection: this.connection, prefix: this.prefix, ...WORKER },
      );
      worker.on('failed', (job, error) => report(job?.name ?? queue, error));
      worker.on('error', (error) => report(queue, error));
      this.workers.push(worker);
    }
    for (const [name, { queue, sweepMs }] of Object.entries(JOBS)) {
      await this.queues[queue].upsertJobScheduler(`sweep:${name}`, { every: sweepMs }, { name, opts: KEEP });
    }
  }

  /** Lets running jobs end and takes no more. The sending side stays open for requests still under way. */
  async stopWorking(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.close(!this.reachable())));
  }

  async close(): Promise<void> {
    await this.stopWorking();
    await Promise.all(Object.values(this.queues).map((queue) => queue.close()));
    await this.release();
  }

  private queue(name: QueueName): Queue {
    const queue = new Queue(name, { connection: this.connection, prefix: this.prefix });
    queue.on('error', () => undefined);
    return queue;
  }
}

/** Connected, or refused at once with the name of the setting; later breaks mend themselves. */
async function connectRedis(url: string): Promise<Redis> {
  let connected = false;
  const retryStrategy = (times: number): number | null => (connected ? Math.min(times * 100, 2_000) : null);
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    connectTimeout: 10_000,
    retryStrategy,
  });
  // Each use tells its own failure.
  let last: Error | null = null;
  redis.on('error', (error: Error) => (last = error));
  try {
    await redis.connect();
    connected = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    const { message } = last ?? (error as Error);
    throw new Error(`Không kết nối được Redis (xem biến REDIS_URL): ${message}`, { cause: error });
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
