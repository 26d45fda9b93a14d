import { useEffect, type ReactNode } from 'react';

interface Props {
  title: string;
  sub?: ReactNode;
  actions?: ReactNode;
}

/** The heading of a page over its gold rule; also names the browser tab. */
export function PageHead({ title, sub, actions }: Props) {
  useEffect(() => {
    document.title = `${title} – Sổ Vàng`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {sub && <p>{sub}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
