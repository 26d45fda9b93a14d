import { Controller, Get, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentActor, May } from '@lib/access';
import { Files, type FileView } from '@lib/files';
import { CLASSIFICATIONS, NO_SECRETS_NOTICE, type Actor } from '@lib/kernel';
import { asAttachment } from './attachment.js';
import { IdPipe } from './id.pipe.js';
import { receiveUpload } from './upload.js';

@ApiTags('files')
@Controller('files')
export class FilesController {
  constructor(private readonly files: Files) {}

  /** The answer repeats the standing notice, so that every page that uploads can show it. */
  @Post()
  @May('file.add')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    description: `PDF, PNG, JPEG, DOC, DOCX, XLS, XLSX, tối đa 25 MB. ${NO_SECRETS_NOTICE}`,
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        classification: { type: 'string', enum: [...CLASSIFICATIONS] },
      },
    },
  })
  async add(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<FileView & { notice: string }> {
    const { arrived, name, classification } = await receiveUpload(request, this.files);
    return { ...(await this.files.add(actor, arrived, { name, classification })), notice: NO_SECRETS_NOTICE };
  }

  @Get(':id')
  @May('file.read')
  async download(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { content, name, mediaType, size } = await this.files.open(actor, id);
    return new StreamableFile(content, { type: mediaType, length: size, disposition: asAttachment(name) });
  }
}
