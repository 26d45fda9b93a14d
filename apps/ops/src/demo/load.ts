/** Loads the demonstration into an empty, migrated database. */
export async function loadDemo(_url: string, _log: (line: string) => void): Promise<void> {}
