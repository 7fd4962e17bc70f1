// What the window can do from anywhere: the shortcuts and the palette share this list.
import type { Shortcut } from '../components/keyboard.tsx';
import { useRefresh } from '../domain/jobs.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { openSending, useDialogs } from '../state/dialogs.ts';
import { useTheme } from '../state/theme.ts';
import { entriesFor } from './routes.ts';
import { goTo } from './use-screen.ts';

/** Commands with an empty `keys` are reached through the palette only. */
export function useCommands(): Shortcut[] {
  const refresh = useRefresh();
  const { audit } = useStatus();
  const { theme, choose } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  const group = 'Workspace';
  const isAudit = audit !== undefined;
  const sourceCommands = [
    { keys: '', label: 'Refresh from the audit database', group, run: () => refresh.mutate({}) },
    { keys: '', label: 'Send decisions', group, run: openSending },
    { keys: '', label: 'Connect to another audit database', group, run: () => goTo('connect') },
  ];
  return [
    ...entriesFor(isAudit).map(({ screen, label, keys }) => ({
      keys,
      label,
      group: 'Go to',
      run: () => goTo(screen),
    })),
    ...(isAudit ? [] : sourceCommands),
    { keys: '', label: `Use the ${other} theme`, group: 'Help', run: () => choose(other) },
    {
      keys: '?',
      label: 'Keyboard shortcuts',
      group: 'Help',
      run: () => useDialogs.setState({ keySheet: true }),
    },
    { keys: 'Ctrl k', label: 'Commands', group: 'Help', run: () => useDialogs.setState({ palette: true }) },
  ];
}
