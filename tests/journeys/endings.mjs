// endings.mjs - what must be undone however a journey ends: servers, databases, folders.

const endings = [];

/** Runs at the end, the last one first. Gives a function that runs it now instead. */
export function onEnd(run) {
  endings.push(run);
  return async () => {
    const at = endings.indexOf(run);
    if (at < 0) return;
    endings.splice(at, 1);
    await run();
  };
}

export async function runEndings() {
  while (endings.length) {
    try {
      await endings.pop()();
    } catch (fault) {
      console.log(`at the end: ${fault}`);
    }
  }
}
