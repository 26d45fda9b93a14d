import type { Env } from '@lib/platform';

/** Token under which controllers get the few settings they answer by: `https` for the cookie, `demo` for the sign-in page. */
export const ENV = Symbol('env');
export type ApiEnv = Pick<Env, 'https' | 'demo'>;
