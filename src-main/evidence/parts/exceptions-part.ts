// data/exceptions.jsonl: every exception that was in force, or ended, in the time the pack speaks about, and what it hides.
import { z } from 'zod';
import { exception } from '#shared/model/detection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { instant, parseInstant } from '#shared/time/instant.ts';
import type { LedgerLine } from '../pack-input.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';
import { inPieces, notYet } from '../row-pauses.ts';
import { isWithin, type ReviewWindow } from './review-window.ts';

const ending = z.strictObject({
  entry: z.string(),
  at: instant,
  by: z.string(),
  reason: z.string().nullable(),
});

export const exceptionLine = z.strictObject({
  exception: exception.strict(),
  /** The ledger entry that grants it, and whose act that was. */
  granted: z.strictObject({ entry: z.string(), at: instant, by: z.string() }),
  /** Null while nobody ended it early. */
  ended: ending.nullable(),
  /** Whether it was ended or had expired when the pack was made. */
  standing: z.enum(['in-force', 'expired', 'ended']),
  /** Findings of this pack that it hides now. */
  hidden: z.number().int().min(0),
  /** Findings that came back as blind checks, and how many of these were escalated all the same. */
  blindChecks: z.number().int().min(0),
  blindChecksEscalated: z.number().int().min(0),
});
export type ExceptionLine = z.infer<typeof exceptionLine>;

type Standing = { readonly granted: LedgerEntry; ended: LedgerEntry | null };
type Hidden = { hidden: number; blindChecks: number; blindChecksEscalated: number };
const nothing: Hidden = { hidden: 0, blindChecks: 0, blindChecksEscalated: 0 };

function endingOf(ended: LedgerEntry | null): ExceptionLine['ended'] {
  if (ended === null) return null;
  const { id: entry, wall_time: at, actor: by, payload } = ended;
  const { reason } = payload;
  return { entry, at, by, reason: typeof reason === 'string' ? reason : null };
}

export type ExceptionRequest = {
  readonly window: ReviewWindow;
  /** When the pack was made; decides whether an exception had expired. */
  readonly generatedAt: string;
};

function lineOf(
  { granted, ended }: Standing,
  counts: Hidden,
  request: ExceptionRequest,
): ExceptionLine | null {
  const found = exception.safeParse(granted.payload).data;
  if (found === undefined)
    throw new Problem(
      'store-damaged',
      `Ledger entry ${granted.seq} is an exception without the particulars of one.`,
    );
  const until = ended === null ? found.expiresAt : ended.wall_time;
  if (!isWithin(request.window, until)) return null;
  const isExpired = parseInstant(found.expiresAt) <= parseInstant(request.generatedAt);
  return {
    exception: { ...found, endedAt: ended?.wall_time ?? null },
    granted: { entry: granted.id, at: granted.wall_time, by: granted.actor },
    ended: endingOf(ended),
    standing: ended !== null ? 'ended' : isExpired ? 'expired' : 'in-force',
    ...counts,
  };
}

/** Takes a ledger and then the findings, row by row; holds the exceptions and nothing else. */
export function collectExceptions(request: ExceptionRequest) {
  const exceptions = new Map<string, Standing>();
  const hidden = new Map<string, Hidden>();
  return {
    addEntry: ({ entry }: LedgerLine): void => {
      if (entry.type === 'exception-granted')
        exceptions.set(entry.subject ?? entry.id, { granted: entry, ended: null });
      const known = entry.type === 'exception-ended' ? exceptions.get(entry.subject ?? '') : undefined;
      if (known !== undefined) known.ended = entry;
    },
    addFinding: ({ suppressedBy, blindCheck, disposition }: Finding): void => {
      if (suppressedBy === null) return;
      const counts = { ...(hidden.get(suppressedBy) ?? nothing) };
      if (blindCheck) counts.blindChecks += 1;
      else counts.hidden += 1;
      if (blindCheck && disposition === 'escalated') counts.blindChecksEscalated += 1;
      hidden.set(suppressedBy, counts);
    },
    /**
     * In the order in which they were granted.
     * @throws Problem `store-damaged` for an entry that is no exception
     */
    lines: (): ExceptionLine[] =>
      [...exceptions].flatMap(([id, one]) => lineOf(one, hidden.get(id) ?? nothing, request) ?? []),
  };
}

export const exceptionsPart: PayloadPart<ExceptionLine> = definePart({
  name: 'data/exceptions.jsonl',
  line: exceptionLine,
  isOptional: true,
  from: function* ({ ledger, findings, period, generatedAt }) {
    const collector = collectExceptions({ window: period, generatedAt });
    for (const line of inPieces(ledger()))
      if (line === notYet) yield notYet;
      else collector.addEntry(line);
    for (const finding of inPieces(findings()))
      if (finding === notYet) yield notYet;
      else collector.addFinding(finding);
    yield* collector.lines();
  },
});
