// Signs the work papers, and says how anybody verifies them.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AuditOverview, WorkPapersReport } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { LookOnlyNotice } from './papers-part.tsx';

export function SignPart({ audit }: { audit: AuditOverview }) {
  return (
    <div className={styles.columns}>
      <Panel title={text('audit:sign.title')}>
        {audit.pack?.lookOnly === true ? <LookOnlyNotice /> : <SignForm audit={audit} />}
      </Panel>
      <SignedList audit={audit} />
    </div>
  );
}

function SignForm({ audit }: { audit: AuditOverview }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const asksPassphrase = useAsksPassphrase();
  const [passphrase, setPassphrase] = useState('');
  const sign = useMutation(
    orpc.audit.sign.mutationOptions({
      onSuccess: () => {
        setPassphrase('');
        return refetchWorkspace(queryClient);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    gate(() => sign.mutate(asksPassphrase ? { passphrase } : {}));
  };
  const { openPapers, clearedPapers, samples } = audit;
  return (
    <>
      <p>
        {text('audit:sign.meaning', {
          papers: countWords(openPapers + clearedPapers, 'work paper'),
          samples: countWords(samples, 'sample'),
        })}
      </p>
      {openPapers > 0 && <Notice tone="info" title={text('audit:sign.stillOpen', { count: openPapers })} />}
      <form className={styles.form} onSubmit={submit}>
        {asksPassphrase && (
          <TextField
            label={text('domain:passphrase')}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
        <ProblemNotice error={sign.error} />
        <div>
          <Button weight="primary" submits disabled={sign.isPending || (asksPassphrase && passphrase === '')}>
            {sign.isPending ? text('audit:sign.signing') : text('audit:sign.act')}
          </Button>
        </div>
      </form>
      {sign.data !== undefined && <Signed report={sign.data} />}
    </>
  );
}

/** One argument of a command line, as a shell takes it to the letter. */
const shellWord = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

function Signed({ report: { name, sha256, signer } }: { report: WorkPapersReport }) {
  const commands = [
    `sha256sum ${shellWord(name)}   # ${sha256}`,
    `countersign verify ${shellWord(name)} --signers auditor_signers`,
    '# or with nothing of ours:',
    `unzip -q ${shellWord(name)} -d work-papers && cd work-papers`,
    'sha256sum --strict -c tagmanifest-sha256.txt && sha256sum --strict -c manifest-sha256.txt',
    `ssh-keygen -Y verify -f ../auditor_signers -I ${shellWord(signer.identity)} -n countersign-work-papers -s signatures/*.sig < tagmanifest-sha256.txt`,
    '',
  ].join('\n');
  return (
    <section className={styles.section} aria-label={text('audit:sign.signed')}>
      <Notice tone="good" title={text('audit:sign.written')} />
      <Facts
        facts={[
          { name: text('audit:sign.file'), value: <bdi>{name}</bdi> },
          { name: 'SHA-256', value: <code className={styles.hash}>{sha256}</code> },
          { name: text('audit:sign.as'), value: <bdi>{signer.identity}</bdi> },
          { name: text('audit:sign.key'), value: <code className={styles.hash}>{signer.fingerprint}</code> },
        ]}
      />
      <div className={styles.titleLine}>
        <h3>{text('audit:sign.verify')}</h3>
        <CopyButton text={commands} label={text('evidence:result.copy')} />
      </div>
      <ScrollText label={text('audit:sign.commands')} text={commands} />
    </section>
  );
}

function SignedList({ audit: { signed } }: { audit: AuditOverview }) {
  const { surroundings } = useApi();
  const take = useMutation({
    mutationFn: (name: string) => surroundings.takePack(name),
    networkMode: 'always',
  });
  const isDesktop = surroundings.kind === 'desktop';
  const act = isDesktop ? text('domain:take.folder') : text('domain:take.download');
  return (
    <Panel title={text('audit:sign.soFar')}>
      <ProblemNotice error={take.error} />
      {signed.length === 0 && <EmptyState title={text('audit:sign.none')} />}
      <ul className={styles.items} aria-label={text('audit:sign.signed')}>
        {signed.toReversed().map(({ name, sha256, at }) => (
          <li key={`${at} ${sha256}`} className={styles.item}>
            <p className={styles.hash}>
              <bdi>{name}</bdi>
            </p>
            <p className={styles.note}>
              <Rich
                of="audit:sign.line"
                parts={{
                  when: <InstantText instant={at} />,
                  sha256: <code title={sha256}>{sha256.slice(0, 16)}…</code>,
                }}
              />
            </p>
            <div>
              <Button
                size="small"
                icon={isDesktop ? FolderOpen : Download}
                aria-label={`${act}: ${name}`}
                onClick={() => take.mutate(name)}
              >
                {act}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
