// A reader that has seen enough, as head or less, ends a command quietly; it is no failure of the command.

/** 128 and the number of SIGPIPE, as shells report a program that such a reader ended. */
export const closedPipeCode = 141;

type Outlet = { on(event: 'error', listener: (error: Error) => void): unknown };

const isClosedPipe = (error: Error): boolean =>
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'EOF' || error.code === 'ERR_STREAM_DESTROYED');

/**
 * Answers are printed when the work is done, so that nothing is cut off by leaving. Progress goes on unseen: work is not given up
 * because nobody watches.
 * @param leave ends the program with a code
 */
export function surviveClosedPipes(answers: Outlet, messages: Outlet, leave: (code: number) => void): void {
  answers.on('error', (error) => {
    if (!isClosedPipe(error)) throw error;
    leave(closedPipeCode);
  });
  messages.on('error', (error) => {
    if (!isClosedPipe(error)) throw error;
  });
}
