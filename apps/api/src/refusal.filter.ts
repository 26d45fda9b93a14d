import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refused, type RefusalKind } from '@lib/kernel';

const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
};

const RETRY_AFTER_SECONDS = 900;

/** Every error of the API has this shape. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly details: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

/**
 * The only place where a refusal becomes HTTP. Anything that is not a refusal is a fault: it is logged under a number,
 * and the answer holds the number and nothing of what went wrong inside.
 */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const refused = refusalOf(error);
    if (!refused) {
      void reply.status(500).send(this.fault(error, http.getRequest<FastifyRequest>()));
      return;
    }
    if (refused.status === 429) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    void reply.status(refused.status).send(refused.body);
  }

  private fault(error: unknown, request: FastifyRequest): ErrorBody {
    const id = randomUUID();
    // The route's pattern, never the address as called, nor body or headers: those may hold what must not be logged.
    const route = `${request.method} ${request.routeOptions?.url ?? 'unknown route'}`;
    this.logger.error(`${id} ${route}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return body('server.fault', `Hệ thống gặp lỗi, chưa lưu gì. Mã lỗi để báo quản trị: ${id}.`);
  }
}

function refusalOf(error: unknown): { status: number; body: ErrorBody } | null {
  if (error instanceof Refused) {
    const { code, message, field, details } = error;
    return { status: STATUS[error.kind], body: { code, message, field, details } };
  }
  const status = statusOf(error);
  if (status === 404) return { status, body: NO_SUCH_ADDRESS };
  if (status === 413)
    return {
      status,
      body: body('input.too_large', 'Dữ liệu gửi lên quá lớn (tối đa 1 MB; tệp đính kèm tối đa 25 MB).'),
    };
  if (status === 415) return { status, body: body('input.media_type', 'Chỉ nhận dữ liệu JSON ở đường dẫn này.') };
  if (status !== null && status >= 400 && status < 500)
    return { status, body: body('input.malformed', 'Yêu cầu gửi lên không đúng dạng.') };
  return null;
}

/** Refusals by Nest, and by Fastify and its plugins: theirs carry a code of their own. Null for everything else. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return null;
  return String(error.code).startsWith('FST_') ? Number(error.statusCode) : null;
}

function body(code: string, message: string): ErrorBody {
  return { code, message, field: null, details: [{ code, field: null, message }] };
}

/** Also for an address that the router cannot read, or that is longer than any we have. */
export const NO_SUCH_ADDRESS: ErrorBody = body('route.not_found', 'Không có đường dẫn này.');
