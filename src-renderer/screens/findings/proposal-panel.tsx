// A disposition that counts only once a second person concurred.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Finding } from '#shared/model/finding.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Facts } from '../../components/facts.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ruleWords } from '../../domain/rule-words.ts';
import { SecondOpinion } from '../../domain/second-opinion.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { dispositionWords } from './finding-rules.ts';

export function ProposalPanel({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const { reviewer } = useStatus();
  const independence = useQuery(orpc.independence.get.queryOptions());
  const concur = useMutation(
    orpc.findings.concur.mutationOptions({ onSettled: () => void refetchWorkspace(queryClient) }),
  );
  const { proposal } = finding;
  if (proposal === undefined) return null;
  const { second, disposition, byName, at, note } = proposal;
  const rules = independence.data?.rules.filter(({ id }) => second.rules.includes(id)) ?? [];
  const say = (agree: boolean, reason: string) => concur.mutate({ id: finding.id, agree, reason });
  const canConcur = second.state !== 'agreed' && reviewer !== null && reviewer.id !== proposal.by;
  return (
    <>
      <Facts
        facts={[
          { name: 'Proposed', value: dispositionWords[disposition].label },
          {
            name: 'By',
            value: (
              <>
                <Verbatim value={byName} />, <InstantText instant={at} />
              </>
            ),
          },
          { name: 'Why', value: <FullValue name="Why" value={note} /> },
        ]}
      />
      <SecondOpinion
        key={proposal.id}
        second={second}
        rules={rules.map(ruleWords)}
        concur={canConcur ? { say, isPending: concur.isPending, error: concur.error } : undefined}
      />
    </>
  );
}
