// The part of the ledger's state that is an auditor's work: the pack in view, notes, samples with their results, signatures.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import {
  packOpening,
  packReverification,
  sampleDrawing,
  sampleTesting,
  workPaperNote,
  workPapersSigning,
  workPaperStatusChange,
  type AuditSample,
  type PackJudgement,
  type SignedWorkPapers,
  type WorkPaper,
} from '#shared/model/work-papers.ts';

export type OpenedPackRecord = {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly openedAt: string;
  judgement: PackJudgement;
  judgedAt: string;
};

type ItemResult = AuditSample['items'][number]['results'][number];

/** A sample as the ledger tells of it; what it says about the population is worked out from this. */
export type SampleRecord = Pick<
  AuditSample,
  'id' | 'reference' | 'section' | 'purpose' | 'plan' | 'by' | 'byName' | 'at'
> & {
  /** By key, oldest first. */
  readonly results: Map<string, ItemResult[]>;
};

export type WorkPaperState = {
  pack: OpenedPackRecord | null;
  /** By id of their entries. */
  readonly papers: Map<string, WorkPaper>;
  readonly samples: Map<string, SampleRecord>;
  readonly signed: SignedWorkPapers[];
};

export const emptyWorkPapers = (): WorkPaperState => ({
  pack: null,
  papers: new Map(),
  samples: new Map(),
  signed: [],
});

/** Applies one entry, in ledger order; entries about other things are passed over. */
export function applyWorkPaperEntry(state: WorkPaperState, entry: LedgerEntry): void {
  const { payload, wall_time: at } = entry;
  switch (entry.type) {
    case 'pack-opened': {
      const { sha256, name, bytes, judgement } = packOpening.parse(payload);
      state.pack = { sha256, name, bytes, openedAt: at, judgement, judgedAt: at };
      return;
    }
    case 'pack-verified': {
      const { sha256, judgement } = packReverification.parse(payload);
      if (state.pack?.sha256 === sha256) state.pack = { ...state.pack, judgement, judgedAt: at };
      return;
    }
    case 'work-paper':
      return applyNote(state, entry);
    case 'work-paper-status':
      return applyStatus(state, entry);
    case 'sample-drawn':
      return applyDrawing(state, entry);
    case 'sample-tested':
      return applyTesting(state, entry);
    case 'work-papers-signed':
      state.signed.push({ ...workPapersSigning.parse(payload), at });
      return;
    default:
      return;
  }
}

function applyNote({ papers }: WorkPaperState, { id, actor: by, wall_time: at, payload }: LedgerEntry): void {
  const { authorName: byName, ...note } = workPaperNote.parse(payload);
  papers.set(id, { id, ...note, by, byName, at, status: 'open', changes: [] });
}

function applyStatus({ papers }: WorkPaperState, { actor: by, wall_time: at, payload }: LedgerEntry): void {
  const { paper, status, conclusion, authorName: byName } = workPaperStatusChange.parse(payload);
  const found = papers.get(paper);
  if (found === undefined) return;
  const changes = [...found.changes, { by, byName, at, status, conclusion }];
  papers.set(paper, { ...found, status, changes });
}

function applyDrawing(state: WorkPaperState, { id, actor: by, wall_time: at, payload }: LedgerEntry): void {
  const { authorName: byName, ...drawing } = sampleDrawing.parse(payload);
  state.samples.set(id, { id, ...drawing, by, byName, at, results: new Map() });
}

function applyTesting(state: WorkPaperState, { actor: by, wall_time: at, payload }: LedgerEntry): void {
  const { sample, key, result, note, authorName: byName } = sampleTesting.parse(payload);
  const results = state.samples.get(sample)?.results;
  if (results === undefined) return;
  results.set(key, [...(results.get(key) ?? []), { by, byName, at, result, note }]);
}
