// Hands a file of the packs folder over: a copy of it in a browser, with progress and a way to stop, its folder on the desktop.
import { Download, FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useCancellable } from '../../domain/use-cancellable.ts';
import { text } from '../../texts/text.ts';
import styles from './take-pack.module.css';

export function TakePack({ name }: { name: string }) {
  const { surroundings } = useApi();
  const take = useCancellable((file: string, watch) => surroundings.takePack(file, watch));
  const isDesktop = surroundings.kind === 'desktop';
  const words = isDesktop ? text('domain:take.folder') : text('domain:take.download');
  if (take.isPending && !isDesktop)
    return (
      <div className={styles.taking}>
        <ProgressBar
          label={text('evidence:take.what', { name })}
          share={take.share > 0 ? take.share : null}
          text={`${Math.floor(take.share * 100)} %`}
        />
        <Button size="small" aria-label={text('evidence:take.cancel', { name })} onClick={take.cancel}>
          {text('domain:cancel')}
        </Button>
      </div>
    );
  return (
    <div className={styles.take}>
      <Button
        size="small"
        icon={isDesktop ? FolderOpen : Download}
        aria-label={`${words}: ${name}`}
        onClick={() => take.mutate(name)}
      >
        {words}
      </Button>
      <ProblemNotice error={take.error} />
    </div>
  );
}
