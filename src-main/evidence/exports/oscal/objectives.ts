// The control objectives an export speaks about, taken from the control mapping, and what each of them depends on.
import type { Control } from '../../report/controls.ts';
import { asToken } from './text.ts';

/** Whether privileged access was reviewed, whether unusual activity was followed up, or both. */
export type ObjectiveKind = 'access-review' | 'monitoring' | 'both';

export type Objective = {
  readonly controlId: string;
  readonly objectiveId: string;
  readonly framework: string;
  readonly control: string;
  readonly title: string;
  readonly kind: ObjectiveKind;
};

const monitoring = ['CC7.2', 'A.8.15', 'A.8.16', '10.4', '164.308(a)(1)(ii)(D)', '164.312(b)', 'AU-6'];
const accessReview = [
  'CC6.1',
  'CC6.2',
  'CC6.3',
  'A.5.18',
  'A.8.2',
  '7.2.4',
  '164.308(a)(4)',
  'AC-2',
  'AC-6(7)',
];

/** One objective a control: `A.5.18, A.8.2` are two, `CC6.1–CC6.3` are three. A control nobody sorted depends on both. */
export function objectivesOf(controls: readonly Control[]): Objective[] {
  return controls.flatMap(({ framework, control, title }) =>
    control
      .split(', ')
      .flatMap(expandRange)
      .map((single) => {
        const controlId = controlIdOf(framework, single);
        const kind = monitoring.includes(single)
          ? 'monitoring'
          : accessReview.includes(single)
            ? 'access-review'
            : 'both';
        return { controlId, objectiveId: `${controlId}_obj`, framework, control: single, title, kind };
      }),
  );
}

function expandRange(control: string): string[] {
  const [, stem = '', first, last] = /^(.*?)(\d+)–\1(\d+)$/.exec(control) ?? [];
  if (first === undefined || last === undefined) return [control];
  const length = Number(last) - Number(first) + 1;
  return Array.from({ length: Math.max(1, length) }, (_, step) => `${stem}${Number(first) + step}`);
}

/** NIST’s own catalogue says `ac-6.7` for AC-6(7); the others have no published OSCAL ids and carry their framework. */
function controlIdOf(framework: string, control: string): string {
  if (framework.startsWith('NIST SP 800-53')) return asToken(control.replaceAll(/\((\d+)\)/g, '.$1'));
  return asToken(`${framework} ${control}`);
}
