// The first screen: look at sample data, connect to an audit database, or open an evidence pack.
import { Database, FileCheck2, FlaskConical } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { useApi } from '../../domain/api.ts';
import { useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
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

type ChoicesProps = { jobs: readonly Job[]; onConnect: () => void; onOpenPack: () => void };

function Choices({ jobs, onConnect, onOpenPack }: ChoicesProps) {
  const { orpc } = useApi();
  const watch = useWatchJob();
  const explore = useMutation(orpc.workspace.exploreSample.mutationOptions({ onSuccess: watch }));
  const isStarting =
    explore.isPending || (explore.data !== undefined && !jobs.some(({ id }) => id === explore.data.jobId));
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>Review who did what, and prove that you did</h1>
        <p>
          Countersign reads an audit database, shows what is unusual, lets you decide without a connection,
          and exports signed evidence that anybody can verify.
        </p>
      </header>
      <ProblemNotice error={explore.error} />
      <div className={styles.choices}>
        <Choice
          icon={FlaskConical}
          title="Explore sample data"
          text="Starts a real Postgres on this computer with eight weeks of audit events, incidents among them."
          action="Explore sample data"
          disabled={isStarting}
          onChoose={() => explore.mutate({})}
        />
        <Choice
          icon={Database}
          title="Connect to an audit database"
          text="Reads your audit events with a role that may only read, and looks before it remembers anything."
          action="Connect to an audit database"
          onChoose={onConnect}
        />
        <Choice
          icon={FileCheck2}
          title="Open a pack"
          text="Checks a pack somebody gave you, and opens it for reading: to look through it, take samples and sign work papers."
          action="Open a pack…"
          onChoose={onOpenPack}
        />
      </div>
    </div>
  );
}

type ChoiceProps = {
  icon: LucideIcon;
  title: string;
  text: string;
  action: string;
  disabled?: boolean;
  onChoose: () => void;
};

function Choice({ icon: Icon, title, text, action, disabled = false, onChoose }: ChoiceProps) {
  return (
    <section className={styles.choice}>
      <Icon className={styles.icon} aria-hidden="true" />
      <h2>{title}</h2>
      <p className={styles.text}>{text}</p>
      <Button disabled={disabled} onClick={onChoose}>
        {action}
      </Button>
    </section>
  );
}
