// Every number a finding rests on, by name: enough to recompute its score by hand.
import { z3EvidenceOf, type Evidence, type Finding, type Z3Evidence } from '#shared/model/finding.ts';
import { instant } from '#shared/time/instant.ts';
import { Facts, type Fact } from '../../components/facts.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { wordsOfName } from './evidence-words.ts';
import styles from './finding-numbers.module.css';

type Value = Evidence[string];

function measure(name: string, value: number): Fact {
  return { name, value: formatMeasure(value), title: String(value) };
}

const yesOrNo = (value: boolean) => text(value ? 'findings:number.yes' : 'findings:number.no');

export function FindingNumbers({ finding }: { finding: Finding }) {
  const z3 = z3EvidenceOf(finding);
  if (z3 !== null) return <Z3Numbers finding={finding} evidence={z3} />;
  return <OtherNumbers finding={finding} />;
}

function Z3Numbers({ finding, evidence }: { finding: Finding; evidence: Z3Evidence }) {
  return (
    <>
      <Facts
        columns={2}
        facts={[
          { name: text('findings:number.count'), value: formatCount(finding.count) },
          measure(text('findings:number.scoreZ'), finding.score),
          measure(text('findings:number.mean'), evidence.mean),
          measure(text('findings:number.threshold'), finding.threshold),
          measure(text('findings:number.deviation'), evidence.sd),
          { name: text('findings:number.hours'), value: formatCount(evidence.n) },
          measure(text('findings:number.deviationUsed'), evidence.deviationUsed),
          { name: text('findings:number.activeHours'), value: formatCount(evidence.activeHours) },
          { name: text('findings:number.floorUsed'), value: yesOrNo(evidence.sdFloorUsed) },
          { name: text('findings:number.highest'), value: formatCount(evidence.highest) },
        ]}
      />
      <Facts
        facts={[
          {
            name: text('findings:number.baseline'),
            value: (
              <Rich
                of="findings:number.span"
                parts={{
                  start: <InstantText instant={evidence.baselineStart} withOffset />,
                  end: <InstantText instant={evidence.baselineEnd} withOffset />,
                }}
              />
            ),
          },
          {
            name: text('findings:number.method'),
            value: `${finding.detector}, ${finding.methodVersion}`,
          },
        ]}
      />
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
          { name: text('findings:number.count'), value: formatCount(finding.count) },
          measure(text('findings:number.score'), finding.score),
          measure(text('findings:number.threshold'), finding.threshold),
          { name: text('findings:number.methodVersion'), value: finding.methodVersion },
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
  if (typeof value === 'boolean') return { name: words, value: yesOrNo(value) };
  if (value === null) return { name: words, value: text('findings:number.none') };
  if (typeof value === 'string') {
    if (instant.safeParse(value).success)
      return { name: words, value: <InstantText instant={value} withOffset /> };
    return { name: words, value: <bdi>{visibleText(value)}</bdi> };
  }
  return { name: words, value: <bdi>{visibleText(JSON.stringify(value))}</bdi> };
}
