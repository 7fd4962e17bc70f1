// The chosen theme, kept on this computer, and the one it comes down to.
import { create } from 'zustand';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = 'light' | 'dark';

const storageKey = 'countersign.theme';

export function readThemeChoice(stored: string | null): ThemeChoice {
  return themeChoices.find((choice) => choice === stored) ?? 'system';
}

export function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): Theme {
  if (choice === 'system') return systemIsDark ? 'dark' : 'light';
  return choice;
}

type ThemeState = { choice: ThemeChoice; theme: Theme; choose: (choice: ThemeChoice) => void };

export const useTheme = create<ThemeState>()(() => ({
  choice: 'system',
  theme: 'light',
  choose: () => undefined,
}));

/** Binds the theme to a window: reads the kept choice, marks the page, follows the system while that is the choice. */
export function startTheme(host: Window): void {
  const system = host.matchMedia('(prefers-color-scheme: dark)');
  const apply = (choice: ThemeChoice) => {
    const theme = resolveTheme(choice, system.matches);
    host.document.documentElement.dataset['theme'] = theme;
    useTheme.setState({ choice, theme });
  };
  system.addEventListener('change', () => apply(useTheme.getState().choice));
  useTheme.setState({
    choose: (choice) => {
      host.localStorage.setItem(storageKey, choice);
      apply(choice);
    },
  });
  apply(readThemeChoice(host.localStorage.getItem(storageKey)));
}
