// A disposition that counts only once a second person concurred.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Proposal } from '#shared/model/finding.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Facts } from '../../components/facts.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ruleWords } from '../../domain/rule-words.ts';
import { SecondOpinion } from '../../domain/second-opinion.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { dispositionWords } from './finding-rules.ts';

type ProposalPanelProps = {
  proposal: Proposal;
  canConcur: boolean;
  /** Puts on record what the second person says. */
  record: (agree: boolean, reason: string) => Promise<unknown>;
};

export function ProposalPanel({ proposal, canConcur, record }: ProposalPanelProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const independence = useQuery(orpc.independence.get.queryOptions());
  const concur = useMutation({
    mutationFn: ({ agree, reason }: { agree: boolean; reason: string }) => record(agree, reason),
    onSettled: () => void refetchWorkspace(queryClient),
  });
  const { second, disposition, byName, at, note } = proposal;
  const rules = independence.data?.rules.filter(({ id }) => second.rules.includes(id)) ?? [];
  const say = (agree: boolean, reason: string) => concur.mutate({ agree, reason });
  return (
    <>
      <Facts
        facts={[
          { name: text('findings:proposal.proposed'), value: dispositionWords[disposition].label },
          {
            name: text('findings:proposal.by'),
            value: (
              <Rich
                of="findings:proposal.byWhen"
                parts={{ who: <Verbatim value={byName} />, at: <InstantText instant={at} /> }}
              />
            ),
          },
          {
            name: text('findings:proposal.why'),
            value: <FullValue name={text('findings:proposal.why')} value={note} />,
          },
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
