// Starts the window: how it looks, transport, then React.
import './app/without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { Gate, Refused } from './app/gate.tsx';
import { openTransport } from './app/transport.ts';
import { followDesktop } from './app/use-screen.ts';
import { createApi, type Api } from './domain/api.ts';
import { carryingReviewer } from './domain/carry-reviewer.ts';
import { useActingReviewer } from './state/acting-reviewer.ts';
import { startContrast } from './state/contrast.ts';
import { startDensity } from './state/density.ts';
import { startLanguage, useLanguage } from './state/language.ts';
import { startTheme } from './state/theme.ts';

const shownReviewerId = () => useActingReviewer.getState().shown?.id ?? null;

function start(container: HTMLElement): void {
  for (const begin of [startTheme, startContrast, startDensity, startLanguage]) begin(window);
  const root = createRoot(container);
  const refuse = () => root.render(<Refused />);
  const transport = openTransport(window, refuse);
  if (transport === null) {
    refuse();
    return;
  }
  followDesktop(window);
  const { kind, link, takePack, takeExport } = transport;
  const api = createApi(carryingReviewer(link, shownReviewerId), { kind, takePack, takeExport });
  root.render(
    <StrictMode>
      <InLanguage api={api} />
    </StrictMode>,
  );
}

/** Another language starts the screens anew, so that no text of the former one stays. */
function InLanguage({ api }: { api: Api }) {
  const language = useLanguage((state) => state.choice);
  return <Gate key={language} api={api} />;
}

const container = document.getElementById('root');
if (container !== null) start(container);
