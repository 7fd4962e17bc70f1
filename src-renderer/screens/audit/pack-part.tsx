// What is known about the pack: its verdict with every check, its bytes, how its population was obtained.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OpenedPackStatus } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { formatBytes } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { JobProgress } from '../../domain/job-progress.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { VerdictCard } from '../../domain/verdict-card.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { PlainFacts } from './plain-facts.tsx';
import { noTrustFiles, readTrustFiles, TrustFileFields } from './trust-files.tsx';

export function PackPart({ pack }: { pack: OpenedPackStatus }) {
  const { signers } = pack.judgement;
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Panel title={text('audit:pack.title')}>
          <Facts
            facts={[
              { name: text('audit:pack.file'), value: <Verbatim value={pack.name} /> },
              { name: text('audit:pack.length'), value: formatBytes(pack.bytes) },
              { name: 'SHA-256', value: <code className={styles.hash}>{pack.sha256}</code> },
              { name: text('audit:pack.opened'), value: <InstantText instant={pack.openedAt} /> },
            ]}
          />
          <p className={styles.note}>{text('audit:pack.bytes')}</p>
        </Panel>
        <PackFactsPanel />
      </div>
      <Panel title={text('audit:pack.verdict')}>
        <VerdictCard verification={{ ...pack.judgement, signer: signers[0] ?? null }}>
          <VerifyAgain />
        </VerdictCard>
      </Panel>
    </div>
  );
}

function VerifyAgain() {
  const { client } = useApi();
  const [trust, setTrust] = useState(noTrustFiles);
  const { job, isRunning, follow } = useStartedJob();
  const verify = useMutation({
    networkMode: 'always',
    mutationFn: async () => client.audit.startVerifying(await readTrustFiles(trust)),
    onSuccess: follow,
  });
  const isBusy = verify.isPending || isRunning;
  return (
    <details>
      <summary>{text('audit:pack.again')}</summary>
      <div className={styles.form}>
        <TrustFileFields files={trust} onFiles={setTrust} />
        <ProblemNotice error={verify.error} />
        {job !== null && <JobProgress job={job}>{null}</JobProgress>}
        <div>
          <Button disabled={isBusy} onClick={() => verify.mutate()}>
            {isBusy ? text('evidence:verify.verifying') : text('audit:pack.verifyAgain')}
          </Button>
        </div>
      </div>
    </details>
  );
}

function PackFactsPanel() {
  const { orpc } = useApi();
  const facts = useQuery(orpc.audit.facts.queryOptions({ staleTime: Infinity }));
  return (
    <Panel title={text('audit:pack.population')}>
      <ProblemNotice error={facts.error} />
      {facts.data !== undefined && (
        <>
          <section className={styles.section} aria-label={text('audit:pack.ipe')}>
            <h3>{text('audit:pack.ipeTitle')}</h3>
            <PlainFacts record={facts.data.ipe} />
            <ScrollText label={text('audit:pack.ipeText')} text={JSON.stringify(facts.data.ipe, null, 2)} />
          </section>
          <section className={styles.section} aria-label={text('audit:pack.statement')}>
            <h3>{text('audit:pack.statement')}</h3>
            <ScrollText
              label={text('audit:pack.statementText')}
              text={JSON.stringify(facts.data.statement, null, 2)}
            />
          </section>
        </>
      )}
    </Panel>
  );
}
