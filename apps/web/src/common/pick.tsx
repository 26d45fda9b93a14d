/** One choice of a chooser on two lines: its name, and where it belongs. */
export function pickLines(name: string, below: string) {
  return (
    <span className="pick">
      <span>{name}</span>
      <small>{below}</small>
    </span>
  );
}
