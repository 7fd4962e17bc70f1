// The part of the ledger's state that says whom this workspace believes about signers and times.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { trustChange, type HeldList, type TrustChange } from '#shared/model/trust.ts';
import type { FirstUsePin } from '../evidence/first-use.ts';

type Root = Extract<TrustChange, { change: 'root-pinned' }>['after'];
type Service = Extract<TrustChange, { change: 'timestamp-service-set' }>['after'];

export type TrustState = {
  root: Root | null;
  list: HeldList | null;
  /** By identity. */
  readonly firstUse: Map<string, FirstUsePin>;
  timestamps: Service;
};

export const emptyTrust = (): TrustState => ({
  root: null,
  list: null,
  firstUse: new Map(),
  timestamps: null,
});

/** Applies one entry, in ledger order; entries about other things are passed over. */
export function applyTrust(state: TrustState, entry: LedgerEntry): void {
  if (entry.type !== 'trust-changed') return;
  const payload = trustChange.parse(entry.payload);
  switch (payload.change) {
    case 'root-pinned':
      state.root = payload.after;
      // A list is only as good as the root key that signed it.
      if (payload.before?.fingerprint !== payload.after.fingerprint) state.list = null;
      return;
    case 'list-updated':
      state.list = payload.after;
      if (payload.nextRoot !== null) state.root = payload.nextRoot;
      return;
    case 'first-use-pinned': {
      const { identity, fingerprint } = payload;
      state.firstUse.set(identity, { identity, fingerprint, comparedAt: entry.wall_time });
      return;
    }
    case 'first-use-removed':
      state.firstUse.delete(payload.identity);
      return;
    case 'timestamp-service-set':
      state.timestamps = payload.after;
      return;
  }
}
