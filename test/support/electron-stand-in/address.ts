// Translates between the address the program uses and the one Chromium can show.

const programOrigin = 'app://bundle';
const shownOrigin = 'https://bundle.app.invalid';

export function toShown(address: string): string {
  return swap(address, programOrigin, shownOrigin);
}

export function toProgram(address: string): string {
  return swap(address, shownOrigin, programOrigin);
}

/** What Electron calls the origin of a frame. */
export function originOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? 'null' : toProgram(url.origin);
}

function swap(address: string, from: string, to: string): string {
  const isSame = address === from || address.startsWith(`${from}/`);
  return isSame ? to + address.slice(from.length) : address;
}
