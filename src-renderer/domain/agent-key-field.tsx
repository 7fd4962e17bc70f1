// Chooses where the key of a new reviewer comes from: made here, or held by an ssh-agent; asked only where there is an agent.
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../components/field.tsx';
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
        ? 'There is an ssh-agent, and it holds no key.'
        : 'The keys of the ssh-agent cannot sign here; Ed25519 keys and security keys of that kind can.'
      : 'A key of the agent signs without a passphrase here. A security key has to be touched.';
  return (
    <SelectField
      label="Signing key"
      hint={hint}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">made here</option>
      {choices.map(({ fingerprint, label }) => (
        <option key={fingerprint} value={fingerprint}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
