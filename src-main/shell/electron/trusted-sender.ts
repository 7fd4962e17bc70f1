// Decides whether a message may come from where it says: our window, its main frame, our origin.
import { bundleOrigin } from './bundle-address.ts';

export type Sender = {
  sender: { id: number };
  /** Null once the frame navigated away or was destroyed, so it has to be read before the first await. */
  senderFrame: { origin: string; parent: unknown } | null;
};

export function isTrustedSender(event: Sender, ownContentsIds: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    frame.parent === null &&
    frame.origin === bundleOrigin &&
    ownContentsIds.has(event.sender.id)
  );
}
