// Other paces than this machine's, to find tests (and screens) that only work when both sides are about as quick.

/** How late the door answers at most: a busy server. */
export const lateAnswersMs = paceOf('COUNTERSIGN_TEST_LATE_ANSWERS_MS');
/** How long a test rests after each thing it does to the browser: what shows only for a moment is gone by then. */
export const slowHandsMs = paceOf('COUNTERSIGN_TEST_SLOW_HANDS_MS');

function paceOf(name: string): number {
  const written = process.env[name] ?? '0';
  const pace = Number(written);
  if (!Number.isFinite(pace) || pace < 0)
    throw new Error(`${name} is not a number of milliseconds: ${written}`);
  return pace;
}

/** For `--import`: a server in that process hands on most requests soon, and a few of them very late. */
export function latenessModule(): string {
  return `import { Server } from 'node:http';
const { emit } = Server.prototype;
Server.prototype.emit = function (name, ...rest) {
  if (name !== 'request') return emit.call(this, name, ...rest);
  setTimeout(() => emit.call(this, name, ...rest), Math.random() ** 3 * ${lateAnswersMs});
  return true;
};`;
}
