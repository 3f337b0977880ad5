// Replays exchanges recorded from a real Proxmox VE on the simulated one, and says where the answers differ. The last line is JSON.
import { parseArgs } from 'node:util';
import { Given, differences } from './compare';
import { readExchanges } from './exchange';
import { RecordedServer, tokens } from './recorded-server';
import { Replay } from './replay';

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { release: { type: 'string' }, quiet: { type: 'boolean' } } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    console.error('usage: npm run -s fidelity -- FILE.jsonl [--release=8.4|9.1] [--quiet]');
    return 2;
  }
  const exchanges = readExchanges(file);
  const release = values.release ?? recordedRelease(exchanges);
  const server = await RecordedServer.start(release === '9.1' ? '9.1' : '8.4');
  const replay = new Replay(server.endpoint, tokens);
  const given = new Given();
  const different: { step: string; what: string }[] = [];
  try {
    for (const exchange of exchanges) {
      server.at(exchange);
      given.note(exchange);
      const found = differences(exchange, await replay.send(exchange), given);
      if (found.length === 0) continue;
      different.push({ step: exchange.step, what: found.join('; ') });
      if (!values.quiet) console.log([`${exchange.step}: ${exchange.request.method} ${exchange.request.path}`, ...found.map((one) => `  ${one}`)].join('\n'));
    }
  } finally {
    replay.close();
    await server.stop();
  }
  const total = exchanges.length;
  console.log(JSON.stringify({ total, equal: total - different.length, different }));
  return 0;
}

/** The release a recording is of, where it asks for it. */
function recordedRelease(exchanges: ReturnType<typeof readExchanges>): string {
  const answers = exchanges.filter(({ request, response }) => request.path === '/version' && response.status === 200).map(({ response }) => response.body as { data: { release: string } });
  return (answers[0]?.data.release ?? '8.4') >= '9' ? '9.1' : '8.4';
}

main().then((status) => {
  process.exitCode = status;
}, (error) => {
  console.error(error);
  process.exitCode = 1;
});
