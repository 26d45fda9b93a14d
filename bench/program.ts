import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PlatformModule, readEnv, type PlatformSettings } from '@lib/platform';
import { ROOMS } from '../apps/api/src/rooms.js';

@Module({})
class BenchModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: BenchModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/** The rooms of the program on a database, without HTTP and without a worker. */
export function openProgram(databaseUrl: string): Promise<INestApplicationContext> {
  const { redisUrl } = readEnv();
  const settings = { databaseUrl, redisUrl, queueDatabaseUrl: null, dataDir: tmpdir() };
  return NestFactory.createApplicationContext(BenchModule.with(settings), { logger: ['error'], abortOnError: false });
}

export interface Helper<Ready> {
  readonly ready: Ready;
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** The heap that `npm run start:worker` allows: with more, Node.js collects so late that a process holds twice what it needs. */
const WORKER_HEAP_MB = 512;

/** A process of its own for one of the scripts beside this one; `ready` is the first thing it sends. */
export function startHelper<Ready>(script: string, ...args: string[]): Promise<Helper<Ready>> {
  return start(script, args, []);
}

/** The same with the heap of a worker. */
export function startWorkerHelper<Ready>(script: string, ...args: string[]): Promise<Helper<Ready>> {
  return start(script, args, [`--max-old-space-size=${WORKER_HEAP_MB}`]);
}

async function start<Ready>(script: string, args: string[], execArgv: string[]): Promise<Helper<Ready>> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv,
  });
  const ready = await next<Ready>(child, script);
  return {
    ready,
    ask: async (question) => {
      const answer = next(child, script);
      child.send(question as object);
      return (await answer) as never;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      }),
  };
}

function next<Message>(child: ChildProcess, script: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void => reject(new Error(`${script} ended with ${code}`));
    child.once('exit', failed);
    child.once('message', (message) => {
      child.off('exit', failed);
      resolve(message as Message);
    });
  });
}
