// What the selected row is about, with what can be done about it.
import { useQuery } from '@tanstack/react-query';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { FindingDetail } from './finding-detail.tsx';
import { statusOf } from './finding-rules.ts';
import type { LeadTo } from './lead-elsewhere.tsx';
import { StoryDetail } from './story-detail.tsx';
import { secondTierRow } from './story-tree.ts';
import { useActKeys } from './use-finding-keys.ts';
import { nobodyAsked } from './why-not-dialog.tsx';

type SelectedProps = {
  findings: readonly Finding[];
  stories: readonly FindingCase[];
  onGoTo: LeadTo;
};

export function SelectedFinding({ findings, stories, onGoTo }: SelectedProps) {
  const { orpc } = useApi();
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const finding = findings.find(({ id }) => id === selectedId) ?? null;
  const story = finding === null ? (stories.find(({ id }) => id === selectedId) ?? null) : null;
  const { toggle, toggled, setDraft, setExceptionFor, ask } = useFindingsView();
  const details = useQuery(
    orpc.findings.get.queryOptions({ input: { id: finding?.id ?? '' }, enabled: finding !== null }),
  );
  const gate = useReviewerGate();
  const dispose = (disposition: Disposition) => {
    const meant = finding === null ? openMembers(story, findings) : [finding.id];
    if (meant.length > 0) gate(() => setDraft({ findings: meant, disposition }));
  };
  const letPass = () => {
    if (finding !== null && finding.suppressedBy === null) gate(() => setExceptionFor(finding.id));
  };
  const expand = () => {
    if (selectedId === secondTierRow || (story !== null && story.members.length > 1)) toggle(selectedId!);
  };
  const askWhyNot = () => ask(finding === null ? nobodyAsked : { ...finding, at: finding.start });
  useActKeys({ dispose, letPass, expand, askWhyNot });
  if (selectedId === secondTierRow) return <SecondTier />;
  if (story !== null) {
    const choose = (id: string) => {
      if (!toggled.has(story.id)) toggle(story.id);
      select('findings', id);
    };
    return <StoryDetail story={story} findings={findings} onChoose={choose} onDispose={dispose} />;
  }
  if (finding === null) return <EmptyState title={text('findings:choose')} />;
  if (details.isError) return <ProblemNotice error={details.error} />;
  if (details.data === undefined) return <EmptyState title={text('findings:reading')} />;
  return <FindingDetail details={details.data} onDispose={dispose} onLetPass={letPass} onGoTo={onGoTo} />;
}

function openMembers(story: FindingCase | null, findings: readonly Finding[]): string[] {
  const members = new Set(story?.members ?? []);
  return findings.filter((one) => members.has(one.id) && statusOf(one) === 'open').map(({ id }) => id);
}

function SecondTier() {
  return (
    <EmptyState title={text('findings:tier.title')}>
      <p>{text('findings:tier.words')}</p>
    </EmptyState>
  );
}
