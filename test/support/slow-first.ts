// The order of test files: those with servers, processes and browsers first, so that no long one is left for the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const slowProjects = new Set(['integration', 'e2e']);
/** Short files about long work. As long as nobody measured them here, they would be taken for quick ones. */
const longest = ['/faults/faults.test.ts', '/workstation/kill.test.ts', '/bench/bench.test.ts'];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer’s own, not that of an array
    const sorted = await super.sort(files);
    return sorted.toSorted((left, right) => rank(left) - rank(right));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  if (longest.some((path) => moduleId.endsWith(path))) return 0;
  return slowProjects.has(project.name) ? 1 : 2;
}
