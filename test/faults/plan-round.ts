// What happens in a round, decided by its seed alone: the rows, what each reviewer does, where it is killed, what the network does.
import type { Random } from '../bench/fuzz/random.ts';
import { uuidFrom, type Asked } from './audit-server.ts';
import type { ConnectionPlan } from './faulty-proxy.ts';
import { planNetwork } from './plan-network.ts';
import {
  calm,
  planDecision,
  planDisposition,
  planStep,
  planSync,
  planWorkStep,
  type PlannedStep,
  type Rows,
} from './plan-steps.ts';
import type { Person } from './reviewer.ts';
import type { Step } from './steps.ts';

/** Everybody works on the same rows; who is done waits for the others before the next wave, so that they collide. */
export type Wave = {
  /** For each reviewer, one step after the other. */
  readonly scripts: readonly (readonly PlannedStep[])[];
  /** Decisions of people without this program, each so long after the wave began. */
  readonly outside: readonly { readonly row: string; readonly afterMs: number }[];
  /** The database server dies so long after the wave began, and is started again. */
  readonly crashAfterMs: number | null;
};

export type RoundPlan = {
  readonly asked: Asked;
  readonly waves: readonly Wave[];
  /** How each connection of each reviewer fares. */
  readonly network: readonly (() => ConnectionPlan)[];
};

const rowsOfARound = 24;
const anomaliesOfARound = 8;

/** What is special about a round, beside decisions over a bad network. */
type Customs = {
  /** Rules that ask for a second person are wider than usual, and second persons speak more often. */
  readonly fourEyes: boolean;
  readonly publishing: boolean;
  /** Everybody creates missing reviews at the same moment. */
  readonly creating: boolean;
};

export function planRound(random: Random, people: readonly Person[]): RoundPlan {
  const ownOr = (share: number) =>
    random.chance(share)
      ? random.pick(people.flatMap(({ id, second }) => [id, second.id]))
      : uuidFrom(random);
  const reviews = Array.from({ length: rowsOfARound }, () => ({ id: uuidFrom(random), actor: ownOr(0.1) }));
  const anomalies = Array.from({ length: anomaliesOfARound }, () => ({
    id: uuidFrom(random),
    user: ownOr(0.1),
  }));
  const customs: Customs = {
    fourEyes: random.chance(0.4),
    publishing: random.chance(0.4),
    creating: random.chance(0.35),
  };
  const halves = [0, 1].map((half): Rows => {
    const halfOf = <Row>(rows: readonly Row[]) =>
      rows.slice((half * rows.length) / 2, ((half + 1) * rows.length) / 2);
    return { reviews: halfOf(reviews), anomalies: halfOf(anomalies), all: reviews };
  });
  return {
    asked: { reviews, anomalies },
    // Looking at the queue and deciding comes before any sending, so that decisions about the same rows meet.
    waves: halves.flatMap((rows, half) => [
      quietWave(people.map(() => planLook(random, rows, customs, half === 0))),
      struckWave(
        random,
        rows,
        people.map((person) => planWork(random, rows, customs, person)),
      ),
    ]),
    network: people.map(() => planNetwork(random)),
  };
}

function quietWave(scripts: Wave['scripts']): Wave {
  return { scripts, outside: [], crashAfterMs: null };
}

function struckWave(random: Random, { reviews, anomalies }: Rows, scripts: Wave['scripts']): Wave {
  const outside = Array.from({ length: random.below(3) }, () => ({
    row: random.pick([...reviews, ...anomalies]).id,
    afterMs: random.below(120),
  }));
  return { scripts, outside, crashAfterMs: random.chance(0.04) ? random.below(150) : null };
}

function planLook(random: Random, rows: Rows, customs: Customs, isFirst: boolean): PlannedStep[] {
  const steps = (count: number, plan: () => Step) =>
    Array.from({ length: count }, () => planStep(random, plan()));
  return [
    ...(isFirst && customs.fourEyes ? [calm({ do: 'four-eyes', rules: wideRules })] : []),
    ...(isFirst && customs.publishing ? [planStep(random, { do: 'publish', isOn: true })] : []),
    // What cannot be seen cannot be decided: a look that failed is followed by one that has better chances.
    calm({ do: 'refresh' }),
    { ...calm({ do: 'refresh' }), onlyAfterFailure: true },
    ...steps(2 + random.below(3), () => planDecision(random, rows)),
    ...steps(random.below(3), () => planDisposition(random, rows)),
    ...(random.chance(0.3) ? [planStep(random, { do: 'backup' })] : []),
  ];
}

const wideRules = [
  {
    id: 'every-revocation',
    about: 'decision' as const,
    severities: null,
    decisions: ['revoke' as const, 'modify' as const],
    actions: null,
  },
  {
    id: 'every-false-alarm',
    about: 'anomaly' as const,
    severities: null,
    dispositions: ['false-positive' as const],
  },
];

function planWork(random: Random, rows: Rows, customs: Customs, { second, ...first }: Person): PlannedStep[] {
  const seconding: PlannedStep[] = random.chance(customs.fourEyes ? 0.7 : 0.1)
    ? [
        calm({ do: 'reviewer', ...second }),
        ...Array.from({ length: 1 + random.below(3) }, () =>
          planStep(random, { do: 'concur', pick: random.below(100), agree: random.chance(0.8) }),
        ),
        calm({ do: 'reviewer', ...first }),
      ]
    : [];
  const created: PlannedStep[] = customs.creating
    ? [
        planStep(random, { do: 'create' }),
        planStep(random, {
          do: 'decide-created',
          pick: random.below(100),
          decision: random.pick(['certify', 'revoke'] as const),
          reason: 'for a new row',
        }),
      ]
    : [];
  const others = Array.from({ length: 2 + random.below(3) }, () => planWorkStep(random, rows));
  // A ledger that went back in time is sent from at once, which is when it could do harm.
  const restoring = random.chance(0.25)
    ? [
        planStep(random, { do: 'backup' }),
        planStep(random, planSync(random)),
        planStep(random, { do: 'restore', pick: random.below(100) }),
        planStep(random, planSync(random)),
      ]
    : [];
  return [...created, ...seconding, planStep(random, planSync(random)), ...others, ...restoring];
}
