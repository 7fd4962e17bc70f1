// The numbers a finding rests on: enough to recompute its score by hand.
import { z3EvidenceOf, type Evidence, type Finding, type Z3Evidence } from '#shared/model/finding.ts';
import { instant } from '#shared/time/instant.ts';
import { NumberLineChart } from '../../charts/number-line-chart.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { nbLineOf, wordsOfName } from './evidence-words.ts';
import styles from './finding-numbers.module.css';

type Value = Evidence[string];

function measure(name: string, value: number): Fact {
  return { name, value: formatMeasure(value), title: String(value) };
}

export function FindingNumbers({ finding }: { finding: Finding }) {
  const z3 = z3EvidenceOf(finding);
  if (z3 !== null) return <Z3Numbers finding={finding} evidence={z3} />;
  const line = finding.detector === 'nb' ? nbLineOf(finding) : null;
  return (
    <>
      <OtherNumbers finding={finding} />
      {line !== null && <NumberLineChart input={line} />}
    </>
  );
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
      <NumberLineChart input={{ count: finding.count, threshold: finding.threshold, ...evidence }} />
    </>
  );
}

/** Every number by the name the method gives it, units included; what belongs together stays together. */
function OtherNumbers({ finding }: { finding: Finding }) {
  const entries = Object.entries(finding.evidence);
  const repeated = new Set(['count', 'threshold']);
  const single = entries.filter(([name, value]) => !isGroup(value) && !repeated.has(name));
  const groups = entries.filter(([, value]) => isGroup(value));
  return (
    <>
      <Facts
        columns={2}
        facts={[
          { name: 'Count', value: formatCount(finding.count) },
          measure('Score', finding.score),
          measure('Threshold', finding.threshold),
          { name: 'Method version', value: finding.methodVersion },
          ...single.map(([name, value]) => factOf(name, value)),
        ]}
      />
      {groups.map(([name, value]) => (
        <details key={name} className={styles.group}>
          <summary>{wordsOfName(name)}</summary>
          <Facts columns={2} facts={membersOf(value)} />
        </details>
      ))}
    </>
  );
}

function isGroup(value: Value): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function membersOf(value: Value): Fact[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, member]) =>
    factOf(Array.isArray(value) ? String(Number(name) + 1) : name, member),
  );
}

function factOf(name: string, value: Value): Fact {
  const words = wordsOfName(name);
  if (typeof value === 'number') return measure(words, value);
  if (typeof value === 'boolean') return { name: words, value: value ? 'yes' : 'no' };
  if (value === null) return { name: words, value: 'none' };
  if (typeof value === 'string') {
    if (instant.safeParse(value).success)
      return { name: words, value: <InstantText instant={value} withOffset /> };
    return { name: words, value: <bdi>{visibleText(value)}</bdi> };
  }
  return { name: words, value: <bdi>{visibleText(JSON.stringify(value))}</bdi> };
}
