import fastifyCookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { AccountsQueries } from '@lib/access';
import { FILE_LIMIT } from '@lib/files';
import type { Clock, Env } from '@lib/platform';
import { AppModule } from './app.module.js';
import { serveDocs } from './docs.js';
import { guardFrontDoor } from './front-door.js';
import { acceptJsonOnly, BODY_LIMIT } from './json-body.js';
import { NO_SUCH_ADDRESS } from './refusal.filter.js';
import { BUILT_WEB, serveWeb } from './web-app.js';

export interface ApiOptions {
  readonly env: Env;
  readonly databaseUrl: string;
  readonly clock?: Clock;
  /** Keeps the queues of tests apart. */
  readonly queuePrefix?: string;
  /** The built web page; the program's own build unless given. */
  readonly webRoot?: string;
  /** Told of every route that is registered: the route walk of the tests. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** The HTTP program, ready and not yet listening. Throws where it may not be reached by others as it stands. */
export async function createApi(options: ApiOptions): Promise<NestFastifyApplication> {
  const { env, databaseUrl, clock, queuePrefix, webRoot = BUILT_WEB, onRoute } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // A proxy on this machine names the caller; a header from anywhere else is not believed.
    trustProxy: 'loopback',
    forceCloseConnections: true,
    requestTimeout: 300_000,
    frameworkErrors: (_error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
      void reply.status(404).send(NO_SUCH_ADDRESS),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(env, {
      databaseUrl,
      redisUrl: env.redisUrl,
      queueDatabaseUrl: env.queueDatabaseUrl,
      dataDir: env.dataDir,
      mail: env.mail,
      ...(clock ? { clock } : {}),
      ...(queuePrefix ? { queuePrefix } : {}),
    }),
    adapter,
    { logger: ['error', 'warn'], bodyParser: false, abortOnError: false },
  );
  try {
    app.setGlobalPrefix('api');
    const server = app.getHttpAdapter().getInstance();
    if (onRoute) server.addHook('onRoute', onRoute);
    await furnish(server, env);
    await serveDocs(app);
    await serveWeb(server, webRoot);
    await app.init();
    await server.ready();
    await refuseOpenDemo(app, env);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function furnish(server: FastifyInstance, env: Env): Promise<void> {
  guardFrontDoor(server, env);
  acceptJsonOnly(server);
  await server.register(fastifyCookie);
  await server.register(fastifyMultipart, {
    limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, fileSize: FILE_LIMIT },
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its style sheets into the page as it runs; scripts are never inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    hsts: env.https,
  });
  server.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store');
  });
}

/** The passwords of demo accounts are public: such a program is reached from its own machine only. */
async function refuseOpenDemo(app: NestFastifyApplication, env: Env): Promise<void> {
  if (isLoopback(env.host)) return;
  if (await app.get(AccountsQueries).demoExists()) {
    throw new Error(
      `Còn tài khoản minh hoạ (mật khẩu công khai) nên không mở ở địa chỉ ${env.host}; chỉ chạy được ở 127.0.0.1.`,
    );
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
