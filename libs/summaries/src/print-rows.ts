/** A headed list; nothing where it is empty. */
export function list(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...rows];
}

export function row(label: string, value: string): string {
  return `${label.padEnd(36)} ${value}`;
}
