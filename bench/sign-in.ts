import { SESSION_COOKIE } from '@lib/access';

/** The session cookie of an account, as a Cookie header. */
export async function signIn(port: number, username: string, password: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
    body: JSON.stringify({ username, password }),
  });
  const [, token] = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(answer.headers.get('set-cookie') ?? '') ?? [];
  if (!token) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return `${SESSION_COOKIE}=${token}`;
}
