// Who reviews here.
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { text } from '../../texts/text.ts';

export function ReviewerPanel() {
  const { reviewer, confirmReviewer } = useStatus();
  const edit = () => useDialogs.setState({ reviewerPrompt: { resume: () => undefined } });
  return (
    <Panel
      title={text('settings:reviewer.title')}
      actions={
        <Button size="small" onClick={edit}>
          {text(reviewer === null ? 'settings:reviewer.say' : 'settings:reviewer.change')}
        </Button>
      }
    >
      {confirmReviewer && (
        <Notice tone="warning" title={text('settings:reviewer.otherAccount')}>
          <p>{text('settings:reviewer.confirm')}</p>
        </Notice>
      )}
      {reviewer === null ? (
        <p>{text('settings:reviewer.nobody')}</p>
      ) : (
        <Facts
          facts={[
            { name: text('settings:reviewer.name'), value: <Verbatim value={reviewer.name} /> },
            { name: text('settings:reviewer.id'), value: <code>{reviewer.id}</code> },
            {
              name: text('settings:reviewer.email'),
              value: <Verbatim value={reviewer.email} missing={text('settings:none')} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
