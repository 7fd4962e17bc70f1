// What a person writes about a remediation, or about several at once, and what of it is a change.
import type { personalStates, RemediationChange, RemediationRow } from '#shared/model/campaign-follow-up.ts';

export type RemediationDraft = {
  /** Empty leaves it as it is. */
  state: '' | (typeof personalStates)[number];
  owner: string;
  dueOn: string;
  ticket: string;
  instruction: string;
  note: string;
};

/** Of one item as it stands; of several nothing, because each stands differently. */
export function draftOf(rows: readonly RemediationRow[]): RemediationDraft {
  const [only, ...others] = rows;
  const row = others.length === 0 ? only : undefined;
  return {
    state: '',
    owner: row?.owner ?? '',
    dueOn: row?.dueOn ?? '',
    ticket: row?.ticket ?? '',
    instruction: row?.instruction ?? '',
    note: '',
  };
}

export type Change = Omit<RemediationChange, 'items'>;

/** Only what differs; null where nothing does. What was emptied of one item is taken away, of several it stays. */
export function changeOf(draft: RemediationDraft, rows: readonly RemediationRow[]): Change | null {
  const before = draftOf(rows);
  const isOne = rows.length === 1;
  const differing = (name: 'owner' | 'dueOn' | 'ticket' | 'instruction') => {
    const value = draft[name].trim();
    if (value === before[name].trim() || (value === '' && !isOne)) return {};
    return { [name]: value === '' ? null : value };
  };
  const note = draft.note.trim();
  const change: Change = {
    ...(draft.state === '' ? {} : { state: draft.state }),
    ...differing('owner'),
    ...differing('dueOn'),
    ...differing('ticket'),
    ...(isOne ? differing('instruction') : {}),
    ...(note === '' ? {} : { note }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** A ticket is one only with its reference. */
export function lacksTicket(draft: RemediationDraft, rows: readonly RemediationRow[]): boolean {
  if (draft.state !== 'ticketed' || draft.ticket.trim() !== '') return false;
  return rows.length === 1 || rows.some(({ ticket }) => ticket === null);
}
