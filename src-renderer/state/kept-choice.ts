// A choice about how the window looks, kept on this computer and never in the workspace.
import { create, type StoreApi, type UseBoundStore } from 'zustand';

export type Choice<Value extends string> = { choice: Value; choose: (choice: Value) => void };

export type KeptChoice<Value extends string> = {
  use: UseBoundStore<StoreApi<Choice<Value>>>;
  /** Reads what was kept, shows it, and keeps what is chosen from now on. */
  start: (host: Window) => void;
};

type KeptChoiceOptions<Value extends string> = {
  storageKey: string;
  choices: readonly Value[];
  initial: Value;
  show: (choice: Value, host: Window) => void;
};

/** What was kept and is no choice (any more) counts as never chosen. */
export function readChoice<Value extends string>(
  stored: string | null,
  choices: readonly Value[],
  initial: Value,
): Value {
  return choices.find((choice) => choice === stored) ?? initial;
}

export function keptChoice<Value extends string>({
  storageKey,
  choices,
  initial,
  show,
}: KeptChoiceOptions<Value>): KeptChoice<Value> {
  const use = create<Choice<Value>>()(() => ({ choice: initial, choose: () => undefined }));
  const start = (host: Window) => {
    const apply = (choice: Value) => {
      show(choice, host);
      use.setState({ choice });
    };
    use.setState({
      choose: (choice) => {
        host.localStorage.setItem(storageKey, choice);
        apply(choice);
      },
    });
    apply(readChoice(host.localStorage.getItem(storageKey), choices, initial));
  };
  return { use, start };
}
