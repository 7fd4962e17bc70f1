// What is asked about series for every event: as columns, read once for a history that grows.
import type { History } from '../../history/history.ts';
import { classesOfSeries } from './action-classes.ts';
import { actionClass } from './class-bits.ts';
import { isFailure, loginKindOf } from './login-kinds.ts';

/** Whether an event of a series is its actor's act: never, always, or unless its outcome is a failure. */
export const actedBy = { nobody: 0, actor: 1, unlessFailed: 2 } as const;

/** By series number. */
export interface SeriesFacts {
  readonly actors: Uint32Array;
  readonly actions: Uint32Array;
  /** One of {@link actedBy}. */
  readonly acts: Uint8Array;
  /** 1 where the actor has a name. */
  readonly isNamed: Uint8Array;
}

type Read = SeriesFacts & { readonly length: number };

const known = new WeakMap<History['series'], Read>();
const nothing: Read = {
  length: 0,
  actors: new Uint32Array(0),
  actions: new Uint32Array(0),
  acts: new Uint8Array(0),
  isNamed: new Uint8Array(0),
};

/** Series are only ever added: what was read stays true. */
export function factsOfSeries(history: History): SeriesFacts {
  const { series } = history;
  const before = known.get(series) ?? nothing;
  if (before.length === series.length) return before;
  const facts = withRoom(before, series.length);
  const classes = classesOfSeries(history);
  for (let number = before.length; number < series.length; number += 1) {
    const { actor, action } = series[number]!;
    facts.actors[number] = actor;
    facts.actions[number] = action;
    facts.acts[number] = actsOf(classes[number]!);
    facts.isNamed[number] = history.actors[actor]!.actor === '' ? 0 : 1;
  }
  known.set(series, facts);
  return facts;
}

/** A failed login is somebody's attempt in the actor's name, not the actor's act. */
function actsOf(classes: number): number {
  if (isFailure(loginKindOf(classes, 'unknown'))) return actedBy.nobody;
  return (classes & actionClass.signIn) === 0 ? actedBy.actor : actedBy.unlessFailed;
}

function withRoom({ actors, actions, acts, isNamed }: Read, length: number): Read {
  const facts = {
    length,
    actors: new Uint32Array(length),
    actions: new Uint32Array(length),
    acts: new Uint8Array(length),
    isNamed: new Uint8Array(length),
  };
  facts.actors.set(actors);
  facts.actions.set(actions);
  facts.acts.set(acts);
  facts.isNamed.set(isNamed);
  return facts;
}
