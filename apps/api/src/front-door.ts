import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '@lib/kernel';
import type { Env } from '@lib/platform';
import { zeroCharacter } from './json-body.js';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What is looked at before anything else: is this our name, and does a change come from our own page? The Host check
 * stops another site's name from being pointed at this machine; the Origin check stops another site's page from acting
 * with the visitor's cookie. Programs without a browser send neither header and pass.
 */
export function guardFrontDoor(
  server: FastifyInstance,
  { allowedHosts, https }: Pick<Env, 'allowedHosts' | 'https'>,
): void {
  const names = new Set([...LOOPBACK_NAMES, ...allowedHosts.map((host) => nameOf(host.toLowerCase()))]);
  server.addHook('onRequest', async (request) => {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (!names.has(nameOf(host))) {
      throw new Refused('input.host_not_allowed', 'Tên miền này không được phục vụ.', null, 'forbidden');
    }
    if (!SAFE_METHODS.has(request.method) && !comesFromHere(request, host, https)) {
      throw new Refused('input.foreign_origin', 'Yêu cầu đến từ một trang khác nên bị từ chối.', null, 'forbidden');
    }
    if (/%00/.test(request.url)) throw zeroCharacter();
  });
}

/** `vidu.vn:8443` → `vidu.vn` */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

function comesFromHere({ headers }: FastifyRequest, host: string, https: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const given = URL.canParse(origin) ? new URL(origin) : null;
  if (!given || (https && given.protocol !== 'https:')) return false;
  // The browser leaves out the scheme's own port, in Origin as in Host.
  return given.host === new URL(`${given.protocol}//${host}`).host;
}
