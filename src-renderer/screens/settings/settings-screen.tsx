// Who reviews, with which key, what counts as privileged, where the events come from, and how the window looks.
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { AppearancePanel } from './appearance-panel.tsx';
import { DetectionPanel } from './detection-panel.tsx';
import { AliasPanel, FourEyesPanel } from './independence-panel.tsx';
import { KeyPanel } from './key-panel.tsx';
import { PrivacyPanel } from './privacy-panel.tsx';
import { PrivilegedActions } from './privileged-actions.tsx';
import { PublicationPanel } from './publication-panel.tsx';
import { RightsPanel } from './rights-panel.tsx';
import styles from './settings-screen.module.css';

export function SettingsScreen({ onReconnect }: { onReconnect: () => void }) {
  return (
    <div className={styles.screen}>
      <h1>Settings</h1>
      <div className={styles.columns}>
        <div className={styles.column}>
          <ReviewerPanel />
          <AliasPanel />
          <KeyPanel />
          <PublicationPanel />
        </div>
        <div className={styles.column}>
          <ConnectionPanel onReconnect={onReconnect} />
          <RightsPanel />
          <PrivilegedActions />
          <FourEyesPanel />
          <PrivacyPanel />
          <AppearancePanel />
        </div>
      </div>
      <DetectionPanel />
    </div>
  );
}

function ReviewerPanel() {
  const { reviewer, confirmReviewer } = useStatus();
  const edit = () => useDialogs.setState({ reviewerPrompt: { resume: () => undefined } });
  return (
    <Panel
      title="Reviewer"
      actions={
        <Button size="small" onClick={edit}>
          {reviewer === null ? 'Say who reviews here' : 'Change reviewer'}
        </Button>
      }
    >
      {confirmReviewer && (
        <Notice tone="warning" title="Countersign runs under another account than this profile is bound to.">
          <p>Decisions say so. Enter the reviewer again to confirm who reviews under this account.</p>
        </Notice>
      )}
      {reviewer === null ? (
        <p>Nobody yet. The first decision asks for it.</p>
      ) : (
        <Facts
          facts={[
            { name: 'Name', value: <Verbatim value={reviewer.name} /> },
            { name: 'Reviewer id', value: <code>{reviewer.id}</code> },
            { name: 'Email', value: <Verbatim value={reviewer.email} missing="none" /> },
          ]}
        />
      )}
    </Panel>
  );
}

function ConnectionPanel({ onReconnect }: { onReconnect: () => void }) {
  const { connection, workspace, version, ledgerEntries } = useStatus();
  return (
    <Panel
      title="Connection"
      actions={
        <Button size="small" onClick={onReconnect}>
          {connection === null ? 'Connect' : 'Reconnect or change'}
        </Button>
      }
    >
      <Facts
        facts={[
          ...(connection === null
            ? [{ name: 'Audit database', value: 'not connected' }]
            : [
                {
                  name: 'Audit database',
                  value: <Verbatim value={`${connection.database} on ${connection.host}`} />,
                },
                { name: 'Role', value: <Verbatim value={connection.user} /> },
                { name: 'Table', value: <Verbatim value={connection.table} /> },
                {
                  name: 'Source account',
                  value: (
                    <Verbatim
                      value={connection.sourceAccount}
                      missing="none named, so “primary” where row-level security asks"
                    />
                  ),
                },
                { name: 'Zone', value: connection.zone },
                {
                  name: 'Kind',
                  value: connection.isSample ? 'sample data on this computer' : 'your database',
                },
              ]),
          { name: 'Workspace', value: <Verbatim value={workspace} /> },
          { name: 'Ledger entries', value: formatCount(ledgerEntries) },
          { name: 'Version', value: version },
        ]}
      />
    </Panel>
  );
}
