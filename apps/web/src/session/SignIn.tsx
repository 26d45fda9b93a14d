import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { DemoAccount, Health, Session } from '../contract.js';
import { http } from '../http.js';

interface Props {
  failure: string | null;
  onSignedIn: (session: Session) => void;
  onSubmit?: () => void;
  /** Set when a session ended under way: who was working. */
  username?: string;
}

export function SignIn({ failure, onSignedIn, onSubmit, username: before }: Props) {
  const [username, setUsername] = useState(before ?? '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState(failure);
  const [busy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const accounts = useDemoAccounts();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    onSubmit?.();
    try {
      onSignedIn(await http.post<Session>('/session', { username: username.trim(), password }));
    } catch (problem) {
      setError((problem as Error).message);
      setBusy(false);
      passwordField.current?.select();
    }
  };
  const fill = (account: DemoAccount) => {
    setUsername(account.username);
    setPassword(account.password);
    setError(null);
  };

  return (
    <main className="door">
      <form className="door-card" onSubmit={(event) => void submit(event)} aria-labelledby="door-title">
        <img src="/book.svg" alt="" width="44" height="44" />
        <h1 id="door-title">Sổ Vàng</h1>
        <p className="door-sub">Thi đua, khen thưởng công đoàn</p>
        {before && (
          <p className="door-note">Phiên làm việc đã hết. Đăng nhập lại để tiếp tục; nội dung đang nhập vẫn còn.</p>
        )}
        <label htmlFor="username">Tên đăng nhập</label>
        <input
          id="username"
          autoComplete="username"
          autoFocus={!before}
          required
          value={username}
          onChange={(e) => setUsername(e.target.value)}
        />
        <label htmlFor="password">Mật khẩu</label>
        <input
          id="password"
          ref={passwordField}
          type="password"
          autoComplete="current-password"
          autoFocus={!!before}
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
        <p className="door-error" role="alert">
          {error}
        </p>
        <button type="submit" disabled={busy}>
          {busy ? 'Đang đăng nhập…' : 'Đăng nhập'}
        </button>
        <p className="door-secret">Không đưa tài liệu mật vào hệ thống.</p>
      </form>
      {accounts.length > 0 && <DemoAccounts accounts={accounts} onPick={fill} />}
    </main>
  );
}

function DemoAccounts({ accounts, onPick }: { accounts: DemoAccount[]; onPick: (account: DemoAccount) => void }) {
  return (
    <section className="door-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">Tài khoản dùng thử</h2>
      <p>Bấm một dòng để điền vào ô đăng nhập.</p>
      <ul>
        {accounts.map((account) => (
          <li key={`${account.username} ${account.unit}`}>
            <button type="button" onClick={() => onPick(account)}>
              <strong>{account.username}</strong>
              <span>
                {account.roleName} · {account.unit}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Listed by the API only while it runs the demonstration. */
function useDemoAccounts(): DemoAccount[] {
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  useEffect(() => {
    http
      .get<Health>('/health')
      .then((health) => setAccounts(health.demoAccounts ?? []))
      .catch(() => undefined);
  }, []);
  return accounts;
}
