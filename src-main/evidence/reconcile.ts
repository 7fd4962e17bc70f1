// Holds the two independent counts of a population against each other, and says in numbers how far they agree.
import { z } from 'zod';

const count = z.number().int().min(0);

export const reconciliation = z.strictObject({
  /** The counts that were taken independently of each other; null rows are unknown, never zero. */
  counts: z.array(z.strictObject({ name: z.string(), how: z.string(), rows: count.nullable() })),
  agreeingDays: count,
  differingDays: count,
  /** Days the database did not count. */
  uncountedDays: count,
  /** Events in the database minus events in the mirror; null where the database did not count. */
  difference: z.number().int().nullable(),
  outcome: z.enum(['agree', 'differ', 'unknown']),
});
export type Reconciliation = z.infer<typeof reconciliation>;

export type CountedPopulation = {
  readonly rows: number;
  readonly serverRows: number | null;
  readonly days: readonly {
    readonly day: string;
    readonly mirrored: number;
    readonly server: number | null;
  }[];
};

/** What the numbers themselves say; the verifier computes it again from the same numbers. */
export function reconcile({ rows, serverRows, days }: CountedPopulation): Reconciliation {
  const uncounted = days.filter(({ server }) => server === null).length;
  const differing = days.filter(({ server, mirrored }) => server !== null && server !== mirrored).length;
  const isUnknown = serverRows === null || uncounted > 0;
  const agrees = differing === 0 && serverRows === rows;
  return {
    counts: [
      {
        name: 'events in the mirror',
        how: 'counted on this computer, row by row, while their SHA-256 was computed',
        rows,
      },
      {
        name: 'events in the audit database',
        how: 'counted by the database per UTC day (count and GROUP BY), in a query that does not read the rows into the mirror; the sum over all days',
        rows: serverRows,
      },
    ],
    agreeingDays: days.length - uncounted - differing,
    differingDays: differing,
    uncountedDays: uncounted,
    difference: serverRows === null ? null : serverRows - rows,
    outcome: isUnknown ? 'unknown' : agrees ? 'agree' : 'differ',
  };
}
