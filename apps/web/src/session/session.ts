import { createContext, useContext } from 'react';
import type { Permission, Session } from '../contract.js';

export interface SessionControl extends Session {
  signOut: () => void;
  /** Whether the signed-in person may do something somewhere; buttons of one record follow that record's own abilities. */
  may: (permission: Permission) => boolean;
}

export const SessionContext = createContext<SessionControl | null>(null);

export function useSession(): SessionControl {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside SessionGate');
  return session;
}
