// The cover: what this is, of whom and of when, who says so, and which controls it is meant for.
import { defaultSourceAccount } from '../../../source/default-account.ts';
import type { PackPredicate } from '../../statement.ts';
import type { Control } from '../controls.ts';
import { code, factList, given, tableOrNone, type Block, type FactList } from '../document-model.ts';
import type { ReportInput } from '../report-input.ts';
import { clipped, instantText } from '../visible-text.ts';

const periodText = ({ from, to }: PackPredicate['period']): string =>
  `${from === null ? 'from the first event' : instantText(from)} – ${to === null ? 'to the last event' : instantText(to)}`;

/** Nothing restricts the query itself then, but the database knows the session by an account all the same. */
const unrestricted = (wasRead: boolean): string =>
  wasRead
    ? `none chosen: the session named the usual one, “${defaultSourceAccount}”, and row-level policies of the database may have hidden the events of others (see Population, Restrictions)`
    : 'none chosen, and nothing was read yet';

function sourceTerms({ predicate: { source }, ipe }: ReportInput): FactList['terms'] {
  if (source === null) return [['Source', ['not connected to an audit database']]];
  return [
    [
      'Organisation (source account)',
      [
        source.sourceAccount === null
          ? unrestricted(ipe.filters.length > 0)
          : given(clipped(source.sourceAccount)),
      ],
    ],
    ['Audit database', [given(clipped(source.database))]],
    ['Server', [given(clipped(source.server ?? 'unknown'))]],
    ['Table', [given(clipped(source.table))]],
    ['Read as role', [given(clipped(source.user))]],
  ];
}

function personTerms({ reviewer, preparer }: PackPredicate): FactList['terms'] {
  const email = reviewer.email === null ? '' : `, ${reviewer.email}`;
  return [
    [
      'Reviewer of record',
      [given(clipped(reviewer.name)), ' (', given(clipped(`${reviewer.id}${email}`)), ')'],
    ],
    ['Says it is prepared and signed by', [given(clipped(preparer.identity))]],
    ['Key of the preparer', [code(preparer.fingerprint)]],
  ];
}

const scope =
  'Review items about privileged actions, the decisions on them, and unusual activity that deterministic methods found among the audit events of the period.';

export function coverOf(input: ReportInput): Block[] {
  const { predicate } = input;
  return [
    {
      kind: 'note',
      phrase: [
        'This report is a view. What counts is the data beside it and the signature over both; VERIFY.txt says how to check them. Nothing on these pages proves who signed.',
      ],
    },
    factList([
      ['Scope', [scope]],
      ['Period', [periodText(predicate.period)]],
      ...sourceTerms(input),
      ...personTerms(predicate),
      ['Made', [instantText(predicate.generatedAt)]],
      ['Judged as of', [predicate.asOf === null ? 'the time it was made' : instantText(predicate.asOf)]],
      ['Time zone of the workspace', [given(predicate.zone), '; times are UTC where nothing else is said']],
      ['Made with', [`${predicate.tool.name} `, given(predicate.tool.version)]],
      [
        'SHA-256 of the previous pack',
        predicate.previousPackSha256 === null
          ? ['none; this is the first pack']
          : [code(predicate.previousPackSha256)],
      ],
    ]),
  ];
}

export function controlBlocks(controls: readonly Control[]): Block[] {
  return [
    {
      kind: 'paragraph',
      phrase: [
        'This evidence can support the following controls. Whether it suffices for them is for the auditor to judge.',
      ],
    },
    tableOrNone(
      'Controls by framework',
      [
        { title: 'Framework', weight: 24 },
        { title: 'Control', weight: 24 },
        { title: 'What it asks for', weight: 52 },
      ],
      controls.map(({ framework, control, title }) => [
        [given(clipped(framework))],
        [given(clipped(control))],
        [given(clipped(title))],
      ]),
    ),
  ];
}
