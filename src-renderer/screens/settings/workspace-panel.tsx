// Which workspace this is, and which version shows it.
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';

export function WorkspacePanel() {
  const { surroundings } = useApi();
  const { workspace, version, ledgerEntries } = useStatus();
  return (
    <Panel title={text('settings:workspace.title')}>
      <Facts
        facts={[
          { name: text('settings:workspace.folder'), value: <Verbatim value={workspace} /> },
          { name: text('settings:workspace.entries'), value: formatCount(ledgerEntries) },
          { name: text('settings:workspace.version'), value: version },
          {
            name: text('settings:workspace.window'),
            value: text(`settings:workspace.${surroundings.kind}`),
          },
        ]}
      />
    </Panel>
  );
}
