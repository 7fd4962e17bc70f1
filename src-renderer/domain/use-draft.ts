// Keeps a half-written reason on this computer, so that a crash or a closed window does not lose it.
import { useState } from 'react';

const prefix = 'countersign.draft.';

/** The text, a setter that also keeps it, and a way to forget it once it has been recorded. */
export function useDraft(subject: string): [string, (text: string) => void, () => void] {
  const key = `${prefix}${subject}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '');
  const keep = (next: string) => {
    setText(next);
    if (next === '') localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  };
  return [text, keep, () => localStorage.removeItem(key)];
}
