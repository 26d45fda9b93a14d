/** Talks to the API: JSON both ways, the session cookie, and refusals with their Vietnamese sentences. */
export interface ProblemDetail {
  readonly code: string;
  /** Path of the field, `stated.collectives` or `lines[3].unit`; null when it concerns the whole. */
  readonly field: string | null;
  readonly message: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly ProblemDetail[] = [],
  ) {
    super(message);
    this.name = 'Problem';
  }
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `{a: 1, b: null}` → `?a=1`; empty values are left out. */
export function query(values: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

type Listener = () => void;
let onSignedOut: Listener = () => undefined;

/** Called whenever the API says the session has ended. */
export function whenSignedOut(listener: Listener): void {
  onSignedOut = listener;
}

const SENTENCES: Record<number, string> = {
  401: 'Phiên làm việc đã hết. Mời anh/chị đăng nhập lại.',
  403: 'Tài khoản của anh/chị không được giao việc này.',
  404: 'Không tìm thấy, hoặc không thuộc phạm vi được giao của anh/chị.',
  413: 'Dữ liệu gửi lên quá lớn.',
  429: 'Thao tác quá nhanh. Vui lòng chờ một lát rồi thử lại.',
};

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const fallback =
    SENTENCES[response.status] ?? 'Máy chủ gặp sự cố. Dữ liệu đang nhập vẫn còn trên màn hình; vui lòng thử lại.';
  return new Problem(response.status, body?.code ?? 'http', body?.message ?? fallback, body?.details ?? []);
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const isForm = body instanceof FormData;
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.body = isForm ? body : JSON.stringify(body);
    if (!isForm) init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  const response = await fetch(`/api${path}`, init).catch(() => {
    throw new Problem(0, 'network', 'Không kết nối được máy chủ. Vui lòng kiểm tra đường truyền rồi thử lại.');
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && problem.code !== 'access.wrong_credentials') onSignedOut();
  throw problem;
}

async function json<T>(response: Response): Promise<T> {
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const http = {
  get: async <T>(path: string, values: Query = {}): Promise<T> => json<T>(await send('GET', path + query(values))),
  post: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await send('POST', path, body)),
  put: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await send('PUT', path, body)),
  remove: async (path: string): Promise<void> => void (await send('DELETE', path)),
};

/** Saves what the API sends as a file under its own name. A refusal is thrown with its sentence, nothing is saved. */
export async function download(path: string): Promise<void> {
  const response = await send('GET', path);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'so-vang.xlsx';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
