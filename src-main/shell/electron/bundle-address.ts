// The one address the desktop window may hold, and the test for it.

export const bundleScheme = 'app';
const bundleHost = 'bundle';
export const bundleOrigin = `${bundleScheme}://${bundleHost}`;

/** Compares parsed parts: Node gives every custom scheme the origin “null”, and a prefix test would accept app://bundle.evil. */
export function isBundleAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${bundleScheme}:` &&
    url.host === bundleHost &&
    url.username === '' &&
    url.password === ''
  );
}
