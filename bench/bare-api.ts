import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, Param, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { Pool } from 'pg';

/** The yardstick: the barest Nest on Fastify that answers a row by its primary key, without session, scope or checks. */
const pool = new Pool({ connectionString: process.argv[2], max: 10 });

@Controller('bare')
class BareController {
  @Get(':id')
  async read(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { rows } = await pool.query<{ body: string }>('SELECT body FROM bench_text WHERE id = $1', [id]);
    await reply.type('application/json; charset=utf-8').send(rows[0]?.body);
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: ['error'] });
await app.listen(0, '127.0.0.1');
process.once('disconnect', () => process.exit(0));
process.send?.((app.getHttpServer().address() as AddressInfo).port);
