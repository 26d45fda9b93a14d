import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';

interface Props {
  title: string;
  /** The list that this page was opened from. */
  back?: { to: string; label: string };
  sub?: ReactNode;
  actions?: ReactNode;
}

/** The heading of a page over its gold rule; also names the browser tab. */
export function PageHead({ title, back, sub, actions }: Props) {
  useEffect(() => {
    document.title = `${title} – Sổ Vàng`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        {back && (
          <Link to={back.to} className="page-back no-print">
            ← {back.label}
          </Link>
        )}
        <h1>{title}</h1>
        {sub && <p>{sub}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
