/** One Ctrl-C in a terminal arrives twice (from the terminal and through npm): only a later one means "at once". */
const SAME_KEYSTROKE_MS = 1_000;

/** A job that is running is let end. */
const PATIENCE_MS = 3_000;

type Close = () => Promise<unknown>;

/** Closes what was opened, the last first, on a signal, on an error or when asked; whatever is still being opened, too. */
export class Shutdown {
  private readonly steps: { readonly says: string; readonly close: Close; readonly force?: () => void }[] = [];
  private began: number | null = null;

  constructor(private readonly say: (line: string) => void) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal());
    process.on('uncaughtException', (error) => this.onError(error));
    process.on('unhandledRejection', (error) => this.onError(error));
  }

  get isUnderWay(): boolean {
    return this.began !== null;
  }

  /** @param force what a second Ctrl-C does: must not wait */
  add(says: string, close: Close, force?: () => void): void {
    this.steps.push({ says, close, ...(force ? { force } : {}) });
  }

  /** Ends the process with this code once everything is closed. */
  async run(code: number): Promise<never> {
    this.began ??= Date.now();
    setTimeout(() => this.say('Đang chờ việc nền xong; nhấn Ctrl-C lần nữa để dừng ngay.'), PATIENCE_MS).unref();
    for (const { says, close } of this.steps.toReversed()) {
      this.say(`${says} …`);
      await close().catch((error: unknown) => this.say(`${says}: ${describe(error)}`));
    }
    if (this.steps.length > 0) this.say('Đã dừng.');
    process.exit(code);
  }

  private onSignal(): void {
    if (this.began === null) void this.run(0);
    else if (Date.now() - this.began > SAME_KEYSTROKE_MS) this.forceAll();
  }

  private forceAll(): void {
    this.say('Dừng ngay lập tức.');
    for (const { force } of this.steps.toReversed()) force?.();
    process.exit(130);
  }

  private onError(error: unknown): void {
    if (this.isUnderWay) return;
    this.say(`Lỗi không lường trước: ${error instanceof Error ? error.stack : String(error)}`);
    void this.run(1);
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
