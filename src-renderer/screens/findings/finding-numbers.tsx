// The numbers a finding rests on: enough to recompute its score by hand.
import { z3EvidenceOf, type Finding, type Z3Evidence } from '#shared/model/finding.ts';
import { Facts } from '../../components/facts.tsx';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';

function measure(name: string, value: number) {
  return { name, value: formatMeasure(value), title: String(value) };
}

export function FindingNumbers({ finding }: { finding: Finding }) {
  const z3 = z3EvidenceOf(finding);
  return z3 === null ? <OtherNumbers finding={finding} /> : <Z3Numbers finding={finding} evidence={z3} />;
}

function Z3Numbers({ finding, evidence }: { finding: Finding; evidence: Z3Evidence }) {
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
          { name: 'Method', value: `${finding.detector}, ${finding.methodVersion}` },
          { name: 'Formula', value: 'z = (count − mean) ÷ deviation used' },
        ]}
      />
    </>
  );
}

/** Every number by the name the method gives it. */
function OtherNumbers({ finding }: { finding: Finding }) {
  const named = Object.entries(finding.evidence).map(([name, value]) =>
    typeof value === 'number'
      ? measure(wordsOfName(name), value)
      : { name: wordsOfName(name), value: typeof value === 'string' ? value : JSON.stringify(value) },
  );
  return (
    <>
      <Facts
        columns={2}
        facts={[
          { name: 'Count', value: formatCount(finding.count) },
          measure('Score', finding.score),
          measure('Threshold', finding.threshold),
          ...named,
        ]}
      />
      <Facts facts={[{ name: 'Method', value: finding.explanationParts.method }]} />
    </>
  );
}

/** “baselineHours” as “Baseline hours”. */
function wordsOfName(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
