// Chooses where the key of a new reviewer comes from: made here, or held by an ssh-agent; asked only where there is an agent.
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../components/field.tsx';
import { text } from '../texts/text.ts';
import { agentChoices } from './agent-choices.ts';
import { useApi } from './api.ts';

type AgentKeyFieldProps = { value: string; onChange: (fingerprint: string) => void };

export function AgentKeyField({ value, onChange }: AgentKeyFieldProps) {
  const { orpc } = useApi();
  const agent = useQuery(orpc.keys.agent.queryOptions());
  if (agent.data === undefined || agent.data.problem !== null) return null;
  const choices = agentChoices(agent.data.keys);
  const offered = agent.data.keys.length;
  const hint =
    choices.length === 0
      ? offered === 0
        ? text('domain:agent.empty')
        : text('domain:agent.unusable')
      : text('domain:agent.usable');
  return (
    <SelectField
      label={text('domain:agent.label')}
      hint={hint}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{text('domain:agent.madeHere')}</option>
      {choices.map(({ fingerprint, label }) => (
        <option key={fingerprint} value={fingerprint}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
