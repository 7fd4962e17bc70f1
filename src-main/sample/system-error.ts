// Recognises the errors of the operating system by their code.

/** Whether an error carries this code: `ENOENT`, `EADDRINUSE`, an SQLSTATE such as `28P01`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}

/** For `catch`: lets errors of one code pass as undefined and throws all others again. */
export function ignoring(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!hasCode(error, ...codes)) throw error;
    return undefined;
  };
}
