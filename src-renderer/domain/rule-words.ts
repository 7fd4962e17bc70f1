// Four-eyes rules in words.
import type { FourEyesRule } from '#shared/model/independence.ts';
import { decisionWords } from './decision-words.ts';

const dispositionLabels = {
  acknowledged: 'acknowledging',
  'false-positive': 'calling it a false positive',
  escalated: 'escalating',
} as const;

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** “Revoke, of role_grant or privilege.change”. */
export function ruleWords(rule: FourEyesRule): string {
  const severity = rule.severities && `of severity ${either.format(rule.severities)}`;
  if (rule.about !== 'decision') {
    const subject =
      rule.about === 'anomaly' ? 'The source’s own anomalies' : 'Findings, ours and the source’s,';
    const what = rule.dispositions?.map((disposition) => dispositionLabels[disposition]);
    return sentence([
      severity ? `${subject} ${severity}` : subject.replace(/,$/, ''),
      what ? either.format(what) : 'whatever is made of them',
    ]);
  }
  const decisions = rule.decisions?.map((decision) => decisionWords[decision].label);
  return sentence([
    decisions ? either.format(decisions) : 'Every final decision',
    severity && `on events ${severity}`,
    rule.actions && `on ${either.format(rule.actions)}`,
  ]);
}

function sentence(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join(', ');
}
