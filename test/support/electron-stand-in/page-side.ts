// The page's side of the bridge: gives the real preload the `electron` it requires, before any script of the page runs.

/** Runs in Chromium, so it may use nothing of this module. Keeps its wire to the program out of the page's reach. */
function connectPreload(wireName: string, runPreload: (require: (name: string) => unknown) => void): void {
  const rawWire: unknown = Reflect.get(window, wireName);
  if (typeof rawWire !== 'function') throw new TypeError('The wire to the program is missing.');
  Reflect.deleteProperty(window, wireName);
  const wire = async (message: object): Promise<unknown> => Reflect.apply(rawWire, undefined, [message]);
  // A sandboxed preload runs in the main frame only.
  if (window !== window.top) return;

  const deliver = async (id: string, port: MessagePort): Promise<void> => {
    for (;;) {
      const batch = await wire({ kind: 'take', id });
      if (!Array.isArray(batch)) break;
      for (const data of batch) port.postMessage(data);
    }
    port.close();
  };
  const adopt = (port: MessagePort): string => {
    const id = crypto.randomUUID();
    port.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => void wire({ kind: 'data', id, data }),
    );
    return id;
  };
  const ipcRenderer = {
    postMessage: (channel: string, message: unknown, ports: MessagePort[] = []) => {
      const ids = ports.map(adopt);
      void wire({ kind: 'post', channel, message, ids });
      ports.forEach((port, at) => {
        port.start();
        void deliver(ids[at] ?? '', port);
      });
    },
    on: (channel: string, listener: (event: object, ...parameters: unknown[]) => void) => {
      void (async () => {
        for (;;) {
          const batch = await wire({ kind: 'hear', channel });
          if (!Array.isArray(batch)) return;
          for (const parameters of batch) if (Array.isArray(parameters)) listener({}, ...parameters);
        }
      })();
    },
    invoke: (channel: string, ...parameters: unknown[]) => wire({ kind: 'invoke', channel, parameters }),
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: object) =>
      Object.defineProperty(window, name, { value: Object.freeze({ ...api }), enumerable: true }),
  };
  runPreload((name) => {
    if (name === 'electron') return { ipcRenderer, contextBridge };
    throw new Error(`A sandboxed preload cannot require ${name}.`);
  });
}

/** The script to run before every document, made of the text of the built preload. */
export function preloadScript(wireName: string, preload: string): string {
  return `(${connectPreload.toString()})(${JSON.stringify(wireName)}, (require) => {
    const module = { exports: {} };
    ((require, module, exports) => {\n${preload}\n})(require, module, module.exports);
  });`;
}
