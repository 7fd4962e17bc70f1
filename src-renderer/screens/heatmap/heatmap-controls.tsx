// What the heatmap is asked for, and how it is drawn.
import { useQuery } from '@tanstack/react-query';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { heatScales } from '../../charts/heat-colour.ts';
import { heatOrders } from '../../charts/heat-order.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { shortened } from '../../components/shortened.ts';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { heatmapViews, useHeatmapView } from '../../state/heatmap-view.ts';
import { text } from '../../texts/text.ts';
import styles from './heatmap-screen.module.css';
import { PeriodFields } from './period-fields.tsx';

/** A list of choices is as wide as its widest. */
const mostInOption = 80;
const actorsOffered = 500;

const forms = ['chart', 'table'] as const;

export function HeatmapControls() {
  const { view, form, show, choose } = useHeatmapView();
  return (
    <div className={styles.controls}>
      <Segmented
        label={text('heatmap:view.label')}
        value={view}
        choices={heatmapViews.map((value) => ({ value, label: text(`heatmap:view.${value}`) }))}
        onChange={(next) => show(next)}
      />
      {view !== 'actions' && (
        <Segmented
          label={text('heatmap:form.label')}
          value={form}
          choices={forms.map((value) => ({ value, label: text(`heatmap:form.${value}`) }))}
          onChange={(next) => choose({ form: next })}
        />
      )}
      {view !== 'week' && <ActorChoice />}
      {view !== 'actions' && <ActionChoice />}
      {form === 'chart' && <Drawing />}
      <div className={styles.period}>
        <PeriodFields />
      </div>
    </div>
  );
}

function ActionChoice() {
  const { orpc } = useApi();
  const { action, setAction } = useHeatmapView();
  const actions = useQuery(orpc.activity.actions.queryOptions());
  return (
    <SelectField
      label={text('heatmap:action')}
      value={action}
      onChange={(event) => setAction(event.target.value)}
    >
      <option value="">{text('heatmap:allActions')}</option>
      {actions.data?.map((entry) => (
        <option key={entry.action} value={entry.action}>
          {optionText(entry.action, entry.count)}
        </option>
      ))}
    </SelectField>
  );
}

/** An option holds a text: the actor’s place in the list, so that the unattributed are told from everybody. */
function ActorChoice() {
  const { orpc } = useApi();
  const { actor, choose } = useHeatmapView();
  const top = useQuery(orpc.activity.topActors.queryOptions({ input: { limit: actorsOffered } }));
  const known = top.data ?? [];
  const isElsewhere = actor !== null && known.every((one) => one.actor !== actor);
  return (
    <SelectField
      label={text('heatmap:actor')}
      value={actor === null ? '' : `=${actor}`}
      onChange={({ target: { value } }) => choose({ actor: value === '' ? null : value.slice(1) })}
    >
      <option value="">{text('heatmap:everybody')}</option>
      {isElsewhere && (
        <option value={`=${actor}`}>
          {actor === '' ? text('heatmap:unattributed') : shortened(visibleText(actor), mostInOption)}
        </option>
      )}
      {known.map((one) => (
        <option key={`${one.sourceAccount} ${one.actor}`} value={`=${one.actor}`}>
          {optionText(one.actorName ?? one.actor, one.count)}
        </option>
      ))}
    </SelectField>
  );
}

function optionText(name: string, count: number): string {
  return text('heatmap:withCount', { name: shortened(visibleText(name), mostInOption), count });
}

function Drawing() {
  const { view, before, scale, order, zoomBy, choose } = useHeatmapView();
  const isChange = view === 'week' && before !== null;
  return (
    <>
      {!isChange && (
        <SelectField
          label={text('heatmap:scale.label')}
          value={scale}
          onChange={({ target: { value } }) =>
            choose({ scale: heatScales.find((one) => one === value) ?? 'log' })
          }
        >
          {heatScales.map((value) => (
            <option key={value} value={value}>
              {text(`heatmap:scale.${value}`)}
            </option>
          ))}
        </SelectField>
      )}
      {view === 'week' && (
        <SelectField
          label={text('heatmap:order.label')}
          value={order}
          onChange={({ target: { value } }) =>
            choose({ order: heatOrders.find((one) => one === value) ?? 'busiest' })
          }
        >
          {heatOrders.map((value) => (
            <option key={value} value={value}>
              {value === 'busiest' && isChange ? text('heatmap:changeOrder') : text(`heatmap:order.${value}`)}
            </option>
          ))}
        </SelectField>
      )}
      {view !== 'actions' && (
        <div className={styles.zoom}>
          <Button
            size="small"
            icon={ZoomOut}
            aria-label={text('heatmap:zoomOut')}
            onClick={() => zoomBy(-1)}
          />
          <Button size="small" icon={ZoomIn} aria-label={text('heatmap:zoomIn')} onClick={() => zoomBy(1)} />
        </div>
      )}
    </>
  );
}
