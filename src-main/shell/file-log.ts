// Appends what people are not shown to a file of the workspace that only they can read.
import { appendFileSync } from 'node:fs';

export function createFileLog(path: string, nowMs: () => number): (message: string, error: unknown) => void {
  return (message, error) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = JSON.stringify({ at: new Date(nowMs()).toISOString(), message, detail });
    appendFileSync(path, `${line}\n`, { mode: 0o600 });
  };
}
