// Decides which addresses may be handed to the operating system's browser.

/** The normalised address when it is plain https with a host and no credentials, otherwise null. */
export function externalAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.host === '') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
