import { isKnown, printCount, valueOf, type CountLike } from '../words/format.js';

interface Props {
  value: CountLike;
  /** "lượt tập thể", "giải": what is counted, for the ear as well as the eye. */
  of: string;
  onOpen: (() => void) | null;
}

/** A printed figure that opens the records behind it. Unknown is said, nought is plain. */
export function Figure({ value, of, onOpen }: Props) {
  if (!isKnown(value)) return <span className="figure-none">chưa có số liệu</span>;
  const text = printCount(value);
  if (!onOpen || valueOf(value) === 0) return <span className={valueOf(value) === 0 ? 'figure-none' : ''}>{text}</span>;
  return (
    <button
      type="button"
      className="figure"
      aria-label={`${text} ${of}: mở các bản ghi`}
      title="Mở các bản ghi làm nên con số này"
      onClick={onOpen}
    >
      {text}
    </button>
  );
}
