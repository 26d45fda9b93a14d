import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { Session } from '../contract.js';
import { http, Problem, whenSignedOut } from '../http.js';
import { SessionContext, type SessionControl } from './session.js';
import { SignIn } from './SignIn.js';

/** Everything behind the sign-in is fetched only when somebody signs in: the first screen stays small. */
const loadApp = () => import('../shell/App.js');
const App = lazy(async () => ({ default: (await loadApp()).App }));

type Phase =
  { is: 'asking' } | { is: 'out'; failure: string | null } | { is: 'in'; session: Session; expired: boolean };

/**
 * Who is signed in decides what is shown. When a session ends under way the page stays mounted below the sign-in,
 * so what was being typed is still there afterwards.
 */
export function SessionGate() {
  const [phase, setPhase] = useState<Phase>({ is: 'asking' });

  useEffect(() => {
    whenSignedOut(() => setPhase((now) => (now.is === 'in' ? { ...now, expired: true } : now)));
    http
      .get<Session>('/session')
      .then((session) => setPhase({ is: 'in', session, expired: false }))
      .catch((error: unknown) => {
        const signedOut = error instanceof Problem && error.status === 401;
        setPhase({ is: 'out', failure: signedOut ? null : String((error as Error).message) });
      });
  }, []);

  const onSignedIn = useCallback((session: Session) => setPhase({ is: 'in', session, expired: false }), []);

  if (phase.is === 'asking') return <Waiting />;
  if (phase.is === 'out')
    return <SignIn failure={phase.failure} onSignedIn={onSignedIn} onSubmit={() => void loadApp()} />;
  return (
    <>
      <div inert={phase.expired}>
        <SignedIn session={phase.session} onSignOut={() => setPhase({ is: 'out', failure: null })} />
      </div>
      {phase.expired && (
        <div className="over">
          <SignIn failure={null} onSignedIn={onSignedIn} username={phase.session.account.username} />
        </div>
      )}
    </>
  );
}

function SignedIn({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const control = useMemo<SessionControl>(
    () => ({
      ...session,
      may: (permission) => session.abilities.includes(permission),
      signOut: () =>
        void http
          .remove('/session')
          .catch(() => undefined)
          .then(onSignOut),
    }),
    [session, onSignOut],
  );
  return (
    <SessionContext.Provider value={control}>
      <Suspense fallback={<Waiting />}>
        {/* Another person signing in gets a page of their own, never the previous person's half-typed one. */}
        <App key={session.account.username} />
      </Suspense>
    </SessionContext.Provider>
  );
}

function Waiting() {
  return (
    <div className="waiting" role="status">
      Đang mở Sổ Vàng…
    </div>
  );
}
