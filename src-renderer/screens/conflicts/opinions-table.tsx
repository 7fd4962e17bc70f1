// Both decisions as two columns of one table, so that each line can be compared, on paper too.
import type { ConflictDetail } from '#shared/model/conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { DecisionMark, SyncMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { TheirMark } from './conflict-columns.tsx';
import { offsetWords, orderWords, writtenWords } from './conflict-words.ts';
import styles from './opinions-table.module.css';
import { Digest, Quiet, SideBySide, type Line } from './side-by-side.tsx';

export function OpinionsTable({ details }: { details: ConflictDetail }) {
  const lines = details.theirs === null ? linesOfOurs(details) : linesOfBoth(details, details.theirs);
  return <SideBySide label="Both decisions" lines={lines} />;
}

function linesOfOurs(details: ConflictDetail): Line[] {
  const { cause } = details.conflict;
  const words =
    cause === 'row-altered'
      ? 'the row is open again: what was written is gone'
      : 'no decision there any more';
  const theirs = <span className={styles.quiet}>{words}</span>;
  return [
    { name: 'Decision', ours: <OurDecision details={details} />, theirs },
    { name: 'By', ours: <OurReviewer details={details} />, theirs },
    { name: 'When', ours: <OurTime details={details} />, theirs },
    { name: 'Why', ours: <OurReason details={details} />, theirs },
  ];
}

function linesOfBoth(details: ConflictDetail, theirs: NonNullable<ConflictDetail['theirs']>): Line[] {
  const { server, claim, seen } = theirs;
  return [
    {
      name: 'Decision',
      ours: <OurDecision details={details} />,
      theirs: <TheirMark decision={claim?.decision ?? null} />,
    },
    {
      name: 'By',
      ours: <OurReviewer details={details} />,
      theirs: <Verbatim value={server.reviewer} missing="nobody named" />,
    },
    {
      name: 'When',
      ours: <OurTime details={details} />,
      theirs: (
        <>
          {server.reviewedText === undefined ? (
            <InstantText instant={server.reviewedAt} precision="second" withOffset />
          ) : (
            <Verbatim value={server.reviewedText} />
          )}
          <Quiet>by the server’s clock</Quiet>
          {claim !== null && (
            <Quiet>
              decided <InstantText instant={claim.decidedAt} precision="second" />, as their notes claim
            </Quiet>
          )}
        </>
      ),
    },
    {
      name: 'Why',
      ours: <OurReason details={details} />,
      theirs:
        claim === null ? <Quiet>in the notes, if anywhere</Quiet> : <TheirReason reason={claim.reason} />,
    },
    {
      name: 'Notes',
      ours: <Quiet>{writtenWords(details.conflict.cause)}</Quiet>,
      theirs: <FullValue name="Their notes, to the letter" value={server.notes} missing="none" />,
    },
    {
      name: 'Item',
      ours: <Digest label="as shown when it was decided" digest={details.ours.shownDigest} />,
      theirs:
        details.changes === null ? (
          <Quiet>the row is not visible any more</Quiet>
        ) : (
          <Digest label="as the row has it now" digest={details.conflict.item.digest} />
        ),
    },
    {
      name: 'Known from',
      ours: <Digest label="hash of the ledger entry" digest={details.ours.decision.hash} />,
      theirs: (
        <>
          {seen === 'row' ? 'the newest pull of the review queue' : 'the answer to our own attempt to write'}
          {claim !== null && <Digest label="ledger hash their notes claim" digest={claim.entryHash} />}
        </>
      ),
    },
  ];
}

function OurDecision({ details: { ours } }: { details: ConflictDetail }) {
  return (
    <span className={styles.marks}>
      <DecisionMark decision={ours.decision.decision} />
      <SyncMark sync={ours.decision.sync} />
    </span>
  );
}

function OurReviewer({ details: { ours } }: { details: ConflictDetail }) {
  return (
    <>
      <Verbatim value={ours.decision.reviewerName} />
      <Quiet>
        <Verbatim value={ours.decision.reviewer} />
      </Quiet>
    </>
  );
}

function OurTime({ details: { ours, theirs } }: { details: ConflictDetail }) {
  const order = orderWords(
    ours.decidedAtByServer ?? ours.decision.decidedAt,
    theirs?.server.reviewedAt ?? null,
  );
  return (
    <>
      <InstantText instant={ours.decision.decidedAt} precision="second" withOffset />
      <Quiet>claimed: this computer’s clock, which {offsetWords(ours.offsetMs)}</Quiet>
      {order !== null && <Quiet>{order}</Quiet>}
    </>
  );
}

function OurReason({ details: { ours } }: { details: ConflictDetail }) {
  return <FullValue name="Our reason" value={ours.decision.reason} missing="no reason given" />;
}

function TheirReason({ reason }: { reason: string | null }) {
  return <FullValue name="Their reason" value={reason} missing="no reason given" />;
}
