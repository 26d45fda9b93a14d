import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentActor, May } from '@lib/access';
import { Files } from '@lib/files';
import { CLASSIFICATIONS, NO_SECRETS_NOTICE, type Actor } from '@lib/kernel';
import {
  AcceptImportInput,
  IMPORT_KINDS,
  ImportRowsQuery,
  Imports,
  ImportsQueries,
  ImportsQuery,
  ImportVersionInput,
  TemplateQuery,
  UndoImportInput,
  UploadImportInput,
  type ImportDetail,
  type ImportKindView,
  type ImportRowView,
  type ImportView,
} from '@lib/spreadsheets';
import { IdPipe } from './id.pipe.js';
import { inputPipe } from './input.pipe.js';
import { receiveUpload } from './upload.js';
import { asAttachment } from './attachment.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('imports')
@Controller()
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly queries: ImportsQueries,
    private readonly files: Files,
  ) {}

  @Get('import-kinds')
  @May('import.run')
  kinds(@CurrentActor() actor: Actor): { items: ImportKindView[] } {
    return { items: this.queries.kindViews(actor) };
  }

  @Get('import-kinds/:kind/template')
  @May('import.run')
  async template(
    @CurrentActor() actor: Actor,
    @Param('kind') kind: string,
    @Query() ask: TemplateQuery,
  ): Promise<StreamableFile> {
    const { name, content } = await this.imports.template(actor, kind, ask);
    return new StreamableFile(content, { type: XLSX, disposition: asAttachment(name) });
  }

  /** The answer comes before the file is read: ask for the import until its state is no longer UPLOADED or READING. */
  @Post('imports')
  @May('import.run')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    description: `XLSX hoặc CSV, tối đa 25 MB. ${NO_SECRETS_NOTICE}`,
    schema: {
      type: 'object',
      required: ['file', 'kind'],
      properties: {
        file: { type: 'string', format: 'binary' },
        kind: { type: 'string', enum: [...IMPORT_KINDS] },
        unit: { type: 'string' },
        params: { type: 'string' },
        sheet: { type: 'string' },
        classification: { type: 'string', enum: [...CLASSIFICATIONS] },
      },
    },
  })
  async upload(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<ImportDetail> {
    const { arrived, name, fields } = await receiveUpload(request, this.files, ['kind', 'unit', 'params', 'sheet']);
    const input = await this.checked(fields).catch(async (error: unknown) => {
      await this.files.discard(arrived);
      throw error;
    });
    return this.queries.detail(actor, await this.imports.upload(actor, arrived, name, input));
  }

  @Get('imports')
  @May('import.run')
  list(
    @CurrentActor() actor: Actor,
    @Query() ask: ImportsQuery,
  ): Promise<{ items: ImportView[]; next: number | null }> {
    return this.queries.list(actor, ask);
  }

  @Get('imports/:id')
  @May('import.run')
  detail(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<ImportDetail> {
    return this.queries.detail(actor, id);
  }

  @Get('imports/:id/rows')
  @May('import.run')
  rows(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() ask: ImportRowsQuery,
  ): Promise<{ items: ImportRowView[]; next: number | null }> {
    return this.queries.rows(actor, id, ask);
  }

  /** The import is ACCEPTING until the job has written it. */
  @Post('imports/:id/acceptance')
  @HttpCode(200)
  @May('import.run')
  async accept(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AcceptImportInput,
  ): Promise<ImportDetail> {
    await this.imports.accept(actor, id, input);
    return this.queries.detail(actor, id);
  }

  @Post('imports/:id/recheck')
  @HttpCode(200)
  @May('import.run')
  async recheck(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version }: ImportVersionInput,
  ): Promise<ImportDetail> {
    await this.imports.recheck(actor, id, version);
    return this.queries.detail(actor, id);
  }

  @Post('imports/:id/abandonment')
  @HttpCode(200)
  @May('import.run')
  async abandon(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version }: ImportVersionInput,
  ): Promise<ImportDetail> {
    await this.imports.abandon(actor, id, version);
    return this.queries.detail(actor, id);
  }

  @Post('imports/:id/undo')
  @HttpCode(200)
  @May('import.run')
  async undo(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version, reason }: UndoImportInput,
  ): Promise<ImportDetail> {
    await this.imports.undo(actor, id, version, reason);
    return this.queries.detail(actor, id);
  }

  /** The fields beside the file pass the same checks as a JSON body. */
  private checked(fields: Readonly<Record<string, string>>): Promise<UploadImportInput> {
    return inputPipe().transform(fields, { type: 'body', metatype: UploadImportInput }) as Promise<UploadImportInput>;
  }
}
