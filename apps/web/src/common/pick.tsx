import { fold } from '@lib/kernel';

/** Searches the options of a Select as officers type: "bang khen" finds "Bằng khen". */
export const foldedSearch = {
  filterOption: (typed: string, option?: { label?: unknown }) =>
    fold(String(option?.label ?? '')).includes(fold(typed)),
};

/** One choice of a chooser on two lines: its name, and where it belongs. */
export function pickLines(name: string, below: string) {
  return (
    <span className="pick">
      <span>{name}</span>
      <small>{below}</small>
    </span>
  );
}
