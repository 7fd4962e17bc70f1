// Appends what people are not shown to a file of the workspace that only they can read.
import { appendFileSync, writeSync } from 'node:fs';

const standardError = 2;

/**
 * The returned function never throws: whoever logs a failure has one to deal with already.
 * @param elsewhere Takes a line that the file does not, because its folder is gone or the disk is full.
 */
export function createFileLog(
  path: string,
  nowMs: () => number,
  elsewhere: (line: string) => void = (line) => void writeSync(standardError, `${line}\n`),
): (message: string, error: unknown) => void {
  return (message, error) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = JSON.stringify({ at: new Date(nowMs()).toISOString(), message, detail });
    try {
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    } catch (unwritable) {
      tell(
        elsewhere,
        `${message} ${told(error)} It could not be noted in the workspace: ${told(unwritable)}`,
      );
    }
  };
}

const told = (error: unknown) => (error instanceof Error ? error.message : String(error));

function tell(elsewhere: (line: string) => void, line: string): void {
  try {
    elsewhere(line);
  } catch {
    // A program without a terminal has no standard error either; then there is nobody to tell.
  }
}
