// Detectors by the words lists use for them.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DetectorListing } from '#shared/model/story.ts';
import { useApi } from './api.ts';

const none: readonly DetectorListing[] = [];
const minuteMs = 60_000;

/** Every detector and rule there is; empty until the workstation has answered. */
export function useDetectors(): readonly DetectorListing[] {
  const { orpc } = useApi();
  return useQuery(orpc.detectors.list.queryOptions({ staleTime: minuteMs })).data ?? none;
}

/** The title of a detector; its id where nothing else is known. */
export function useDetectorTitles(): (id: string) => string {
  const detectors = useDetectors();
  return useMemo(() => {
    const titles = new Map(detectors.map(({ id, title }) => [id, title]));
    return (id) => titles.get(id) ?? id;
  }, [detectors]);
}
