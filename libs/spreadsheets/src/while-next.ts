/**
 * Works on each of `source` while the next one is made ready, never on two at once. Nothing is left running when it ends,
 * however it ends: what comes after, a rollback say, must not be overtaken.
 */
export async function whileNext<Item>(source: AsyncIterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  let pending: Promise<void> = Promise.resolve();
  try {
    for await (const item of source) {
      await pending;
      pending = work(item);
      // Awaited before the next; until then a failure must not count as unhandled.
      pending.catch(() => undefined);
    }
  } finally {
    await pending.catch(() => undefined);
  }
  await pending;
}
