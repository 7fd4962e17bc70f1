// Both decisions as two columns of one table, so that each line can be compared, on paper too.
import type { ConflictDetail } from '#shared/model/conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import styles from '../../domain/compared-table.module.css';
import { DecisionMark, SyncMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { TheirMark } from './conflict-columns.tsx';
import { offsetWords, orderWords, writtenWords } from './conflict-words.ts';
import { Digest, Quiet, SideBySide, type Line } from './side-by-side.tsx';

export function OpinionsTable({ details }: { details: ConflictDetail }) {
  const lines = details.theirs === null ? linesOfOurs(details) : linesOfBoth(details, details.theirs);
  return <SideBySide label={text('conflicts:both.decisions')} lines={lines} />;
}

function linesOfOurs(details: ConflictDetail): Line[] {
  const { cause } = details.conflict;
  const words =
    cause === 'row-altered' ? text('conflicts:both.wiped') : text('conflicts:both.noDecisionThere');
  const theirs = <span className={styles.quiet}>{words}</span>;
  return [
    { name: text('conflicts:line.decision'), ours: <OurDecision details={details} />, theirs },
    { name: text('conflicts:line.by'), ours: <OurReviewer details={details} /> },
    { name: text('conflicts:line.when'), ours: <OurTime details={details} /> },
    { name: text('conflicts:line.why'), ours: <OurReason details={details} /> },
  ];
}

function linesOfBoth(details: ConflictDetail, theirs: NonNullable<ConflictDetail['theirs']>): Line[] {
  const { server, claim, seen } = theirs;
  return [
    {
      name: text('conflicts:line.decision'),
      ours: <OurDecision details={details} />,
      theirs: <TheirMark decision={claim?.decision ?? null} />,
    },
    {
      name: text('conflicts:line.by'),
      ours: <OurReviewer details={details} />,
      theirs: <Verbatim value={server.reviewer} missing={text('conflicts:nobody')} />,
    },
    {
      name: text('conflicts:line.when'),
      ours: <OurTime details={details} />,
      theirs: (
        <>
          {server.reviewedText === undefined ? (
            <InstantText instant={server.reviewedAt} precision="second" withOffset />
          ) : (
            <Verbatim value={server.reviewedText} />
          )}
          <Quiet>{text('conflicts:both.byServer')}</Quiet>
          {claim !== null && (
            <Quiet>
              <Rich
                of="conflicts:both.claimedDecided"
                parts={{ when: <InstantText instant={claim.decidedAt} precision="second" /> }}
              />
            </Quiet>
          )}
        </>
      ),
    },
    {
      name: text('conflicts:line.why'),
      ours: <OurReason details={details} />,
      theirs:
        claim === null ? (
          <Quiet>{text('conflicts:both.inNotes')}</Quiet>
        ) : (
          <TheirReason reason={claim.reason} />
        ),
    },
    {
      name: text('conflicts:line.notes'),
      ours: <Quiet>{writtenWords(details.conflict.cause)}</Quiet>,
      theirs: (
        <FullValue
          name={text('conflicts:value.theirNotes')}
          value={server.notes}
          missing={text('conflicts:none')}
        />
      ),
    },
    {
      name: text('conflicts:line.item'),
      ours: <Digest label={text('conflicts:both.shownDecided')} digest={details.ours.shownDigest} />,
      theirs:
        details.changes === null ? (
          <Quiet>{text('conflicts:both.notVisible')}</Quiet>
        ) : (
          <Digest label={text('conflicts:both.asNow')} digest={details.conflict.item.digest} />
        ),
    },
    {
      name: text('conflicts:line.knownFrom'),
      ours: <Digest label={text('conflicts:both.entryHash')} digest={details.ours.decision.hash} />,
      theirs: (
        <>
          {seen === 'row' ? text('conflicts:both.fromQueue') : text('conflicts:both.fromAnswer')}
          {claim !== null && <Digest label={text('conflicts:both.claimedHash')} digest={claim.entryHash} />}
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
      <Quiet>
        <Rich of="conflicts:both.claimedWhich" parts={{ clock: <>{offsetWords(ours.offsetMs)}</> }} />
      </Quiet>
      {order !== null && <Quiet>{order}</Quiet>}
    </>
  );
}

function OurReason({ details: { ours } }: { details: ConflictDetail }) {
  return (
    <FullValue
      name={text('conflicts:value.ourReason')}
      value={ours.decision.reason}
      missing={text('conflicts:noReason')}
    />
  );
}

function TheirReason({ reason }: { reason: string | null }) {
  return (
    <FullValue
      name={text('conflicts:value.theirReason')}
      value={reason}
      missing={text('conflicts:noReason')}
    />
  );
}
