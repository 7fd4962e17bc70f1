// What a file of a campaign is, and what is believed about who signed it, before anything is taken from it.
import type { ReactNode } from 'react';
import { Facts, type Fact } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { text } from '../texts/text.ts';
import styles from './campaign-file-intake.module.css';
import { countWords } from './count-words.ts';
import { InstantText } from './instant.tsx';
import type { Looked } from './use-campaign-file.ts';

type CampaignFileFactsProps = {
  looked: Looked;
  /** Whether somebody said that it is to be taken in: then its key is a question no more. */
  isTaken: boolean;
  /** What can be done about it. */
  children: ReactNode;
};

export function CampaignFileFacts({ looked, isTaken, children }: CampaignFileFactsProps) {
  const { seen } = looked;
  return (
    <section className={styles.seen} aria-label={text('campaignFiles:seen.label')}>
      {!isTaken && <Standing standing={seen.standing} />}
      <Facts facts={factsOf(looked)} />
      {children}
    </section>
  );
}

function Standing({ standing }: Pick<Looked['seen'], 'standing'>) {
  const [tone, key] =
    standing === 'vouched' ? (['good', 'vouched'] as const) : (['warning', 'unknown'] as const);
  return (
    <Notice tone={tone} title={text(`campaignFiles:seen.${key}`)}>
      <p>{text(`campaignFiles:seen.${key}Meaning`)}</p>
    </Notice>
  );
}

function factsOf({ seen }: Looked): Fact[] {
  const isAssignment = seen.kind === 'assignment';
  const facts: (Fact | null)[] = [
    {
      name: text('campaignFiles:seen.campaign'),
      value: <Verbatim value={seen.name} missing={text('campaignFiles:seen.unknownCampaign')} />,
      title: seen.campaign,
    },
    {
      name: text('campaignFiles:seen.holds'),
      value: isAssignment
        ? text('campaignFiles:items', { count: seen.count })
        : countWords(seen.count, 'decision'),
    },
    { name: text('campaignFiles:seen.from'), value: <PersonText {...seen.by} /> },
    seen.to === null ? null : { name: text('campaignFiles:seen.to'), value: <PersonText {...seen.to} /> },
    seen.dueOn === null ? null : { name: text('campaignFiles:seen.dueOn'), value: seen.dueOn },
    { name: text('campaignFiles:seen.madeAt'), value: <InstantText instant={seen.madeAt} withOffset /> },
    {
      name: text('campaignFiles:seen.signedAs'),
      value: (
        <>
          <Verbatim value={seen.signer.identity} /> <code>{seen.signer.fingerprint}</code>
        </>
      ),
    },
    { name: 'SHA-256', value: <code>{seen.sha256}</code> },
  ];
  return facts.filter((fact) => fact !== null);
}

function PersonText({ name, email }: { name: string; email: string | null }) {
  return (
    <>
      <Verbatim value={name} />
      {email !== null && (
        <>
          {' · '}
          <Verbatim value={email} />
        </>
      )}
    </>
  );
}
