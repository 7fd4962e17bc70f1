// What an exception would hide, counted anew whenever its limits change: how many, which, and which of them were confirmed.
import { useQuery } from '@tanstack/react-query';
import type { ExceptionScope } from '#shared/contract/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { text } from '../../texts/text.ts';
import styles from './exception-dialog.module.css';
import { compareFindings } from './finding-rules.ts';

const mostListed = 5;

type PreviewProps = { scope: ExceptionScope | null; findings: readonly Finding[] };

export function ExceptionPreview({ scope, findings }: PreviewProps) {
  const { orpc } = useApi();
  const preview = useQuery(
    orpc.detection.previewException.queryOptions({
      input: scope!,
      enabled: scope !== null,
      placeholderData: (before) => before,
    }),
  );
  if (scope === null) return null;
  if (preview.isError) return <ProblemNotice error={preview.error} />;
  if (preview.data === undefined)
    return <p className={styles.preview}>{text('findings:exception.counting')}</p>;
  const { wouldHide, confirmed } = preview.data;
  const counted = countWords(wouldHide.length, 'finding');
  const hidden = <Hidden ids={wouldHide} confirmed={confirmed} findings={findings} />;
  if (confirmed.length > 0) {
    const title = text('findings:exception.hidesConfirmed', { findings: counted, count: confirmed.length });
    return (
      <Notice tone="danger" title={title}>
        <p>{text('findings:exception.hidesConfirmedWords')}</p>
        {hidden}
      </Notice>
    );
  }
  if (wouldHide.length === 0) {
    return (
      <Notice tone="info" title={text('findings:exception.hidesNothing')}>
        <p>{text('findings:exception.hidesNothingWords')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title={text('findings:exception.hides', { findings: counted })}>
      <p>{text('findings:exception.hidesWords')}</p>
      {hidden}
    </Notice>
  );
}

type HiddenProps = {
  ids: readonly string[];
  confirmed: readonly string[];
  findings: readonly Finding[];
};

/** Confirmed ones first: they are what must not be hidden. */
function Hidden({ ids, confirmed, findings }: HiddenProps) {
  const titleOf = useDetectorTitles();
  const isConfirmed = new Set(confirmed);
  const wanted = new Set(ids);
  const hidden = findings
    .filter(({ id }) => wanted.has(id))
    .toSorted(
      (one, other) =>
        Number(isConfirmed.has(other.id)) - Number(isConfirmed.has(one.id)) || compareFindings(one, other),
    );
  const shown = hidden.slice(0, mostListed);
  const left = ids.length - shown.length;
  return (
    <ul className={styles.hidden} aria-label={text('findings:exception.hidden')}>
      {shown.map((finding) => (
        <li key={finding.id}>
          <SeverityMark severity={finding.severity} />
          <span>
            {titleOf(finding.detector)}
            {finding.action !== '' && (
              <>
                {' · '}
                <Verbatim value={finding.action} most={40} />
              </>
            )}
            {isConfirmed.has(finding.id) && (
              <strong className={styles.confirmed}> {text('findings:exception.confirmed')}</strong>
            )}
          </span>
          <InstantText instant={finding.start} />
        </li>
      ))}
      {left > 0 && <li>{text('findings:exception.hiddenMore', { count: left })}</li>}
    </ul>
  );
}
