// How each connection of a reviewer fares, as a seed decides it.
import type { Random } from '../bench/fuzz/random.ts';
import { faultKinds, type ConnectionPlan, type Fault } from './faulty-proxy.ts';

export function planNetwork(random: Random): () => ConnectionPlan {
  return () => ({
    delayMs: random.chance(0.3) ? 1 + random.below(8) : 0,
    fault: random.chance(0.55) ? planFault(random) : null,
    meets: random.chance(0.5),
  });
}

/** Most strike the write itself or its answer; a connection has some twenty pieces before it. */
function planFault(random: Random): Fault {
  return {
    kind: random.pick(faultKinds),
    direction: random.pick(['request', 'answer'] as const),
    at: random.chance(0.6) ? 'write' : random.below(30),
    share: random.next(),
    arrives: random.chance(0.5),
    waitMs: random.below(40) + (random.chance(0.1) ? 300 : 0),
  };
}
