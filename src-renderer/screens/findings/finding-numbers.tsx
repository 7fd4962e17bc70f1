// The numbers a finding rests on: enough to recompute its score by hand.
import type { Finding } from '#shared/model/finding.ts';
import { Facts } from '../../components/facts.tsx';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';

function measure(name: string, value: number) {
  return { name, value: formatMeasure(value), title: String(value) };
}

export function FindingNumbers({ finding }: { finding: Finding }) {
  const { evidence } = finding;
  return (
    <>
      <Facts
        columns={2}
        facts={[
          { name: 'Count', value: formatCount(finding.count) },
          measure('Score z', finding.score),
          measure('Mean', evidence.mean),
          measure('Threshold', finding.threshold),
          measure('Deviation (n−1)', evidence.sd),
          { name: 'Hours n', value: formatCount(evidence.n) },
          measure('Deviation used', evidence.deviationUsed),
          { name: 'Active hours', value: formatCount(evidence.activeHours) },
          { name: 'Floor used', value: evidence.sdFloorUsed ? 'yes' : 'no' },
          { name: 'Highest hour', value: formatCount(evidence.highest) },
        ]}
      />
      <Facts
        facts={[
          {
            name: 'Baseline',
            value: (
              <>
                <InstantText instant={evidence.baselineStart} withOffset /> to{' '}
                <InstantText instant={evidence.baselineEnd} withOffset />
              </>
            ),
          },
          { name: 'Method', value: `${finding.detector}, ${evidence.methodVersion}` },
          { name: 'Formula', value: 'z = (count − mean) ÷ deviation used' },
        ]}
      />
    </>
  );
}
