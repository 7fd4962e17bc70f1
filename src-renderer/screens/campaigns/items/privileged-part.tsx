// Privileged actions of the subject in the period: how many of which, the last of them, and the way to the events.
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import { barLengths } from '../../../charts/bar-lengths.ts';
import bars from '../../../charts/bar-rows.module.css';
import { Bar } from '../../../charts/bar.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { everyEvent, useEventsView, withValue } from '../../../state/events-view.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import { EvidencePart } from './evidence-part.tsx';
import styles from './privileged-part.module.css';
import { OtherScreen } from './other-screen.tsx';
import { Moment } from './use-part.tsx';

const full = 100;

export function PrivilegedPart({ evidence, subject }: { evidence: CampaignEvidence; subject: string }) {
  const { privileged, period, zone } = evidence;
  return (
    <EvidencePart
      part="privileged"
      known={privileged}
      summary={({ total }) =>
        total === 0 ? text('campaignItems:none') : text('campaignItems:privileged.summary', { count: total })
      }
    >
      {({ total, lastAt, actions }) => {
        const lengths = barLengths(
          actions.map(({ count }) => count),
          full,
        );
        return (
          <>
            <p>
              {total === 0 ? (
                text('campaignItems:privileged.none')
              ) : (
                <Rich of="campaignItems:privileged.last" parts={{ at: <Moment at={lastAt} zone={zone} /> }} />
              )}
            </p>
            <ul
              className={`${bars.rows} ${styles.actions}`}
              aria-label={text('campaignItems:evidence.part.privileged')}
            >
              {actions.map(({ action, count }, at) => (
                <li key={action}>
                  <Verbatim value={action} most={40} />
                  <Bar length={lengths[at] ?? 0} tone="high" />
                  <span className={bars.number}>{formatCount(count)}</span>
                </li>
              ))}
            </ul>
            {evidence.from === 'here' && (
              <OtherScreen
                address="/events"
                before={() =>
                  showEvents(
                    subject,
                    actions.map(({ action }) => action),
                    period,
                  )
                }
              >
                {text('campaignItems:privileged.show')}
              </OtherScreen>
            )}
          </>
        );
      }}
    </EvidencePart>
  );
}

/** Narrows the screen of events to those of somebody in the period, and to these actions where there are any. */
function showEvents(subject: string, actions: readonly string[], range: { from: string; to: string }): void {
  const view = useEventsView.getState();
  const whose = withValue(everyEvent, 'actor', subject);
  view.setExtent({});
  view.setEvent(null);
  view.choose({ ...actions.reduce((choice, action) => withValue(choice, 'action', action), whose), range });
}
