// How the window looks on this computer: theme, contrast, density, language.
import type { ReactNode } from 'react';
import { Panel } from '../../components/panel.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { contrastChoices, useContrast } from '../../state/contrast.ts';
import { densityChoices, useDensity } from '../../state/density.ts';
import { useLanguage } from '../../state/language.ts';
import { themeChoices, useTheme } from '../../state/theme.ts';
import { languageNames, languages, text } from '../../texts/text.ts';
import styles from './appearance-panel.module.css';

export function AppearancePanel() {
  const theme = useTheme();
  const contrast = useContrast();
  const density = useDensity();
  const language = useLanguage();
  return (
    <Panel title={text('appearance:title')}>
      <div className={styles.choices}>
        <Labelled label={text('appearance:theme.label')}>
          <Segmented
            label={text('appearance:theme.label')}
            value={theme.choice}
            choices={themeChoices.map((value) => ({ value, label: text(`appearance:theme.${value}`) }))}
            onChange={theme.choose}
          />
        </Labelled>
        <Labelled label={text('appearance:contrast.label')}>
          <Segmented
            label={text('appearance:contrast.label')}
            value={contrast.choice}
            choices={contrastChoices.map((value) => ({ value, label: text(`appearance:contrast.${value}`) }))}
            onChange={contrast.choose}
          />
        </Labelled>
        <Labelled label={text('appearance:density.label')}>
          <Segmented
            label={text('appearance:density.label')}
            value={density.choice}
            choices={densityChoices.map((value) => ({ value, label: text(`appearance:density.${value}`) }))}
            onChange={density.choose}
          />
        </Labelled>
        <Labelled label={text('appearance:language.label')}>
          <Segmented
            label={text('appearance:language.label')}
            value={language.choice}
            choices={languages.map((value) => ({ value, label: languageNames[value] }))}
            onChange={language.choose}
          />
        </Labelled>
      </div>
      <p className={styles.note}>{text('appearance:language.note')}</p>
    </Panel>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </>
  );
}
