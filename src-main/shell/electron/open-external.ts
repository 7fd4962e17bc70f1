// The only place that hands an address to the operating system.
import { shell } from 'electron';
import { externalAddress } from './external-address.ts';

/** Opens an https address in the person's browser; anything else is left alone. */
export async function openExternal(address: string): Promise<void> {
  const allowed = externalAddress(address);
  if (allowed !== null) await shell.openExternal(allowed);
}
