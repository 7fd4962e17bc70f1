// Four-eyes rules in words.
import type { FourEyesRule } from '#shared/model/independence.ts';
import { spokenLanguage, text } from '../texts/text.ts';
import { decisionWords } from './decision-words.ts';

const either = (parts: readonly string[]): string =>
  new Intl.ListFormat(spokenLanguage(), { type: 'disjunction' }).format(parts);

/** “Revoke, on role_grant or privilege.change”. */
export function ruleWords(rule: FourEyesRule): string {
  const severities = rule.severities && either(rule.severities);
  if (rule.about !== 'decision') {
    const what = rule.dispositions?.map((disposition) => text(`domain:rule.disposition.${disposition}`));
    return sentence([
      subjectWords(rule.about, severities),
      what ? either(what) : text('domain:rule.whatever'),
    ]);
  }
  const decisions = rule.decisions?.map((decision) => decisionWords[decision].label);
  return sentence([
    decisions ? either(decisions) : text('domain:rule.everyDecision'),
    severities && text('domain:rule.onEvents', { severities }),
    rule.actions && text('domain:rule.onActions', { actions: either(rule.actions) }),
  ]);
}

function subjectWords(about: 'anomaly' | 'disposition', severities: string | null | undefined): string {
  if (about === 'anomaly')
    return severities ? text('domain:rule.anomaliesOf', { severities }) : text('domain:rule.anomalies');
  return severities ? text('domain:rule.findingsOf', { severities }) : text('domain:rule.findings');
}

function sentence(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join(', ');
}
