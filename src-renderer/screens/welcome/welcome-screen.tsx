// The first screen: look at sample data, connect to an audit database, open an evidence pack, or take up items to review.
import { Database, FileCheck2, FlaskConical } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { useApi } from '../../domain/api.ts';
import { useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { TakeUpFile } from '../../domain/take-up-file.tsx';
import { text } from '../../texts/text.ts';
import { ConnectForm } from './connect-form-view.tsx';
import { SampleProgress } from './sample-progress.tsx';
import styles from './welcome-screen.module.css';

type WelcomeScreenProps = {
  jobs: readonly Job[];
  startsWithForm: boolean;
  onReady: () => void;
  onOpenPack: () => void;
};

export function WelcomeScreen({ jobs, startsWithForm, onReady, onOpenPack }: WelcomeScreenProps) {
  const [isConnecting, setIsConnecting] = useState(startsWithForm);
  const running = jobs.find((job) => job.kind === 'sample' && job.state === 'running');
  if (running !== undefined) return <SampleProgress job={running} />;
  if (isConnecting) return <ConnectForm onReady={onReady} onBack={() => setIsConnecting(false)} />;
  return <Choices jobs={jobs} onConnect={() => setIsConnecting(true)} onOpenPack={onOpenPack} />;
}

type ChoicesProps = Pick<WelcomeScreenProps, 'jobs' | 'onOpenPack'> & { onConnect: () => void };

function Choices({ jobs, onConnect, onOpenPack }: ChoicesProps) {
  const { orpc } = useApi();
  const watch = useWatchJob();
  const explore = useMutation(orpc.workspace.exploreSample.mutationOptions({ onSuccess: watch }));
  const isStarting =
    explore.isPending || (explore.data !== undefined && !jobs.some(({ id }) => id === explore.data.jobId));
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{text('welcome:title')}</h1>
        <p>{text('welcome:lead')}</p>
      </header>
      <ProblemNotice error={explore.error} />
      <div className={styles.choices}>
        <Choice icon={FlaskConical} way="sample" disabled={isStarting} onChoose={() => explore.mutate({})} />
        <Choice icon={Database} way="connect" onChoose={onConnect} />
        <Choice icon={FileCheck2} way="pack" onChoose={onOpenPack} />
      </div>
      <div className={styles.takeUp}>
        <p>{text('welcome:takeUp.text')}</p>
        <TakeUpFile label={text('welcome:takeUp.action')} />
      </div>
    </div>
  );
}

type ChoiceProps = {
  icon: LucideIcon;
  way: 'sample' | 'connect' | 'pack';
  disabled?: boolean;
  onChoose: () => void;
};

function Choice({ icon: Icon, way, disabled = false, onChoose }: ChoiceProps) {
  return (
    <section className={styles.choice}>
      <Icon className={styles.icon} aria-hidden="true" />
      <h2>{text(`welcome:${way}.title`)}</h2>
      <p className={styles.text}>{text(`welcome:${way}.text`)}</p>
      <Button disabled={disabled} onClick={onChoose}>
        {text(`welcome:${way}.action`)}
      </Button>
    </section>
  );
}
