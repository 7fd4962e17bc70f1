// Starts the window: theme, transport, then React.
import './app/without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { Gate, Refused } from './app/gate.tsx';
import { openTransport } from './app/transport.ts';
import { createApi } from './domain/api.ts';
import { carryingReviewer } from './domain/carry-reviewer.ts';
import { useActingReviewer } from './state/acting-reviewer.ts';
import { startTheme } from './state/theme.ts';

const shownReviewerId = () => useActingReviewer.getState().shown?.id ?? null;

function start(container: HTMLElement): void {
  startTheme(window);
  const root = createRoot(container);
  const refuse = () => root.render(<Refused />);
  const transport = openTransport(window, refuse);
  if (transport === null) {
    refuse();
    return;
  }
  const { kind, link, takePack, takeExport } = transport;
  root.render(
    <StrictMode>
      <Gate api={createApi(carryingReviewer(link, shownReviewerId), { kind, takePack, takeExport })} />
    </StrictMode>,
  );
}

const container = document.getElementById('root');
if (container !== null) start(container);
