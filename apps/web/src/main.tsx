import { createRoot } from 'react-dom/client';
import { SessionGate } from './session/SessionGate.js';
import './first.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<SessionGate />);
