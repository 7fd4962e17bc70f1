// One listener for every keyboard shortcut, so that sequences and single keys cannot fire together.
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { nextKeyStep } from './key-sequence.ts';

export type Shortcut = {
  /** `j`, `Enter`, `g q`: as `KeyboardEvent.key` names them. */
  keys: string;
  label: string;
  group: string;
  run: () => void;
};

/** A prefix such as “g” waits this long for its second key. */
const prefixLifetimeMs = 1500;

type Registry = {
  add: (list: { current: readonly Shortcut[] }) => () => void;
  list: () => readonly Shortcut[];
};

const KeyboardContext = createContext<Registry | null>(null);

const textless = ['checkbox', 'radio', 'button', 'file'];

function typesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !textless.includes(target.type);
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Enter, space and the arrows belong to a focused control, not to a shortcut. */
function operatesControl(event: KeyboardEvent): boolean {
  const isOperating = event.key === 'Enter' || event.key === ' ' || event.key.startsWith('Arrow');
  const controls = 'button, a, summary, input, [role="grid"], section[tabindex]';
  return isOperating && event.target instanceof HTMLElement && event.target.closest(controls) !== null;
}

function isForShortcuts(event: KeyboardEvent): boolean {
  return (
    !event.defaultPrevented &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !typesText(event.target) &&
    !operatesControl(event) &&
    document.querySelector('dialog[open]') === null
  );
}

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const lists = useRef(new Set<{ current: readonly Shortcut[] }>());
  const registry = useMemo<Registry>(
    () => ({
      add: (list) => {
        lists.current.add(list);
        return () => lists.current.delete(list);
      },
      list: () => [...lists.current].flatMap((list) => list.current),
    }),
    [],
  );
  useEffect(() => {
    let prefix: { key: string; at: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      if (!isForShortcuts(event)) return;
      const alive = prefix !== null && event.timeStamp - prefix.at <= prefixLifetimeMs ? prefix.key : null;
      prefix = null;
      const shortcuts = registry.list();
      const step = nextKeyStep(
        shortcuts.map((shortcut) => shortcut.keys),
        alive,
        event.key,
      );
      if (step.kind === 'wait') prefix = { key: step.prefix, at: event.timeStamp };
      if (step.kind !== 'run') return;
      event.preventDefault();
      shortcuts.findLast((shortcut) => shortcut.keys === step.keys)?.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [registry]);
  return <KeyboardContext value={registry}>{children}</KeyboardContext>;
}

/** Binds shortcuts while the calling component is mounted; always runs the newest callbacks. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(KeyboardContext);
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => registry?.add(latest), [registry]);
}

/** Every shortcut that works right now, for the key sheet. */
export function useBoundShortcuts(): () => readonly Shortcut[] {
  const registry = useContext(KeyboardContext);
  return () => registry?.list() ?? [];
}
