// One listener for every keyboard shortcut, so that sequences and single keys cannot fire together.
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { nextKeyStep } from './key-sequence.ts';

export type Shortcut = {
  /** `j`, `Enter`, `g q`, `Ctrl k`: as `KeyboardEvent.key` names them. */
  keys: string;
  label: string;
  group: string;
  /** Whether holding the key down repeats it; a decision never repeats. */
  repeats?: boolean;
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
  const controls = 'button, a, summary, input, [role="grid"], [role="treegrid"], section[tabindex]';
  return isOperating && event.target instanceof HTMLElement && event.target.closest(controls) !== null;
}

function isModified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || document.querySelector('dialog[open]') !== null) return false;
  return isModified(event) || (!typesText(event.target) && !operatesControl(event));
}

/** Starts listening and returns how to stop. */
function listenForShortcuts(registry: Registry): () => void {
  let prefix: { key: string; at: number } | null = null;
  const listen = (event: KeyboardEvent) => {
    if (!isForShortcuts(event)) return;
    const alive = prefix !== null && event.timeStamp - prefix.at <= prefixLifetimeMs ? prefix.key : null;
    prefix = null;
    const shortcuts = registry.list();
    const bound = shortcuts.map((shortcut) => shortcut.keys);
    const step = nextKeyStep(bound, isModified(event) ? 'Ctrl' : alive, event.key);
    if (step.kind === 'wait') prefix = { key: step.prefix, at: event.timeStamp };
    if (step.kind !== 'run') return;
    event.preventDefault();
    const found = shortcuts.findLast((shortcut) => shortcut.keys === step.keys);
    if (!event.repeat || found?.repeats === true) found?.run();
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
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
  useEffect(() => listenForShortcuts(registry), [registry]);
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
