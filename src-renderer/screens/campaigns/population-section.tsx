// The frozen population as an auditor asks about it: was it all of it, where is it from, what was left out, what is in it.
import { LockKeyholeOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { text } from '../../texts/text.ts';
import type { SectionProps } from './campaign-section.ts';
import { PopulationCompleteness } from './population-completeness.tsx';
import { PopulationContents } from './population-contents.tsx';
import { PopulationExclusions } from './population-exclusions.tsx';
import { PopulationProvenance } from './population-provenance.tsx';

export function PopulationSection({ campaign, onGo }: SectionProps) {
  const { ipe, opening, role, id } = campaign;
  if (ipe === null || opening === null)
    return (
      <EmptyState
        title={text(role === 'taken' ? 'campaigns:population.elsewhere' : 'campaigns:population.notYet')}
      >
        <p>
          {text(role === 'taken' ? 'campaigns:population.elsewhereNote' : 'campaigns:population.notYetNote')}
        </p>
        {role === 'opened' && (
          <Button icon={LockKeyholeOpen} onClick={() => onGo({ at: 'campaign', id, section: 'about' })}>
            {text('campaigns:population.toOpen')}
          </Button>
        )}
      </EmptyState>
    );
  return (
    <>
      <PopulationCompleteness ipe={ipe} />
      <PopulationContents
        campaign={campaign}
        opening={opening}
        items={ipe.items}
        onItems={() => onGo({ at: 'campaign', id, section: 'items' })}
      />
      <PopulationExclusions ipe={ipe} />
      <PopulationProvenance campaign={campaign} ipe={ipe} />
    </>
  );
}
