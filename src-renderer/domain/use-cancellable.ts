// Work of the window itself that takes long: how far it is, and a way to stop it.
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';

export type Watch = { readonly signal: AbortSignal; readonly onProgress: (share: number) => void };

class Cancelled extends Error {}

/** The outcome of cancelled work is not an error: nothing is said but that it can be started again. */
export function useCancellable<Input, Output>(work: (input: Input, watch: Watch) => Promise<Output>) {
  const abort = useRef<AbortController | null>(null);
  const [share, setShare] = useState(0);
  const mutation = useMutation<Output, Error, Input>({
    networkMode: 'always',
    mutationFn: async (input) => {
      const controller = new AbortController();
      abort.current = controller;
      setShare(0);
      try {
        return await work(input, { signal: controller.signal, onProgress: setShare });
      } catch (error) {
        if (controller.signal.aborted) throw new Cancelled();
        throw error;
      }
    },
  });
  return {
    ...mutation,
    error: mutation.error instanceof Cancelled ? null : mutation.error,
    /** Between 0 and 1. */
    share,
    cancel: () => abort.current?.abort(),
  };
}
