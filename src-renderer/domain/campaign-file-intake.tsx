// Takes a file of a campaign in: drop it, read whose it is and whether its key is believed, then take what it holds.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { text } from '../texts/text.ts';
import { AcceptKey, type KeyWord } from './accept-key.tsx';
import { ActingAs } from './acting-as.tsx';
import { useApi } from './api.ts';
import styles from './campaign-file-intake.module.css';
import { CampaignFileFacts } from './campaign-file-facts.tsx';
import { FileDrop } from './file-drop.tsx';
import { JobProgress } from './job-progress.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useReviewerGate } from './reviewer-gate.ts';
import { useCampaignFile, type CampaignFileOnItsWay, type Looked } from './use-campaign-file.ts';

type IntakeProps = {
  kind: 'assignment' | 'decisions';
  /** Says why this file cannot be taken in here, or null. */
  objection: (looked: Looked) => ReactNode;
  /** Shown once the job is done; it reads the result. */
  renderDone: (result: unknown) => ReactNode;
};

export function CampaignFileIntake({ kind, objection, renderDone }: IntakeProps) {
  const { client } = useApi();
  const { campaignFiles } = client;
  const way = useCampaignFile((input) =>
    kind === 'assignment' ? campaignFiles.accept(input) : campaignFiles.importDecisions(input),
  );
  const [file, setFile] = useState<File | null>(null);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    way.choose(chosen);
  };
  const { look, taking, isTaken } = way;
  return (
    <div className={styles.intake}>
      <FileDrop
        label={text(`campaignFiles:intake.${kind}.drop`)}
        accept=".zip,application/zip"
        file={file}
        isLarge
        onFile={choose}
      />
      <LookProgress way={way} />
      <ProblemNotice error={look.error} />
      {look.data !== undefined && (
        <CampaignFileFacts looked={look.data} isTaken={isTaken}>
          {objection(look.data) ??
            (!isTaken && (
              <TakeForm
                key={look.data.upload}
                kind={kind}
                looked={look.data}
                way={way}
                onSigners={(signers) => void signers.text().then((list) => way.choose(file, list))}
              />
            ))}
        </CampaignFileFacts>
      )}
      {taking !== null && <JobProgress job={taking}>{renderDone(taking.result)}</JobProgress>}
      {(taking?.state === 'failed' || taking?.state === 'cancelled') && (
        <div>
          <Button size="small" onClick={() => way.choose(file, look.data?.signers ?? null)}>
            {text('campaignFiles:intake.again')}
          </Button>
        </div>
      )}
    </div>
  );
}

function LookProgress({ way: { look } }: { way: CampaignFileOnItsWay }) {
  if (!look.isPending) return null;
  const words = text(look.share < 1 ? 'campaignFiles:intake.handingOver' : 'campaignFiles:intake.checking');
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={text('campaignFiles:intake.progress')}
        share={look.share < 1 ? look.share : null}
        text={words}
      />
      <Button size="small" onClick={look.cancel}>
        {text('domain:cancel')}
      </Button>
    </div>
  );
}

type TakeFormProps = {
  kind: IntakeProps['kind'];
  looked: Looked;
  way: CampaignFileOnItsWay;
  onSigners: (list: File) => void;
};

function TakeForm({ kind, looked, way: { start }, onSigners }: TakeFormProps) {
  const gate = useReviewerGate();
  const [word, setWord] = useState<KeyWord>({ isCompared: false, reason: '' });
  const { signer, standing } = looked.seen;
  const reason = word.reason.trim();
  const isBelieved = standing === 'vouched' || (word.isCompared && reason !== '');
  const accept = standing === 'vouched' ? null : { fingerprint: signer.fingerprint, reason };
  return (
    <form
      className={styles.intake}
      aria-label={text(`campaignFiles:intake.${kind}.act`)}
      onSubmit={(event) => {
        event.preventDefault();
        if (isBelieved && !start.isPending) gate(() => start.mutate({ looked, accept }));
      }}
    >
      {standing === 'unknown' && (
        <AcceptKey signer={signer} word={word} onWord={setWord} onSigners={onSigners} />
      )}
      <ProblemNotice error={start.error} />
      <div className={styles.act}>
        <Button weight="primary" submits disabled={!isBelieved || start.isPending}>
          {text(`campaignFiles:intake.${kind}.act`)}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}
