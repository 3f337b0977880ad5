// What a deploy prints. All of it goes through here, so that no secret is in it.

const hidden = [];
const state = { gone: false };

// Whoever reads may end first, such as a Terraform that was interrupted; cleaning up goes on without a reader.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => { state.gone = true; });
}

/** Whether nobody reads any more. */
export function unheard() {
  return state.gone;
}

/** From now on a secret is replaced wherever it is printed: as it is, line by line, and as it looks in an address or in quotes. */
export function hide(...secrets) {
  for (const secret of secrets) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.length >= 8);
    for (const text of [secret, ...lines]) {
      const encoded = encodeURIComponent(text);
      hidden.push(text, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(text).slice(1, -1));
    }
  }
  const forms = [...new Set(hidden)].filter((text) => text !== '');
  hidden.splice(0, hidden.length, ...forms.sort((a, b) => b.length - a.length));
}

function masked(text) {
  return hidden.reduce((result, secret) => result.replaceAll(secret, '<sensitive>'), text);
}

/** Prints a line. */
export function say(text) {
  process.stdout.write(`${masked(text)}\n`);
}

/** Prints why this failed. */
export function complain(text) {
  process.stderr.write(`Error: ${masked(text)}\n`);
}
