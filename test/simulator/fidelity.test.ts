import * as path from 'node:path';
import { Given, differences } from '../../tools/fidelity/compare';
import { readExchanges } from '../../tools/fidelity/exchange';
import { RecordedServer, tokens } from '../../tools/fidelity/recorded-server';
import { Replay } from '../../tools/fidelity/replay';

test('answers as the recorded server did, but for what its README lists', async () => {
  const exchanges = readExchanges(path.join(__dirname, 'exchanges/pve84-exchanges.jsonl'));
  const server = await RecordedServer.start('8.4');
  const replay = new Replay(server.endpoint, tokens);
  const given = new Given();
  const different: string[] = [];
  try {
    for (const exchange of exchanges) {
      server.at(exchange);
      given.note(exchange);
      if (differences(exchange, await replay.send(exchange), given).length > 0) different.push(exchange.step);
    }
  } finally {
    replay.close();
    await server.stop();
  }
  expect(exchanges).toHaveLength(157);
  expect(different).toEqual(['resources']);
});

test('the comparison sees what is different, and only that', () => {
  const answer = { status: 200, reason: 'OK', contentType: 'application/json', body: { data: { cores: 2, digest: 'a', content: 'iso,images', net0: 'virtio=BC:24:11:00:00:01' } } };
  const other = { ...answer, body: { data: { cores: 2, digest: 'b', content: 'images,iso', net0: 'virtio=BC:24:11:00:00:02' } } };
  const found = (ours: object, given = new Given()) => differences({ response: answer }, { response: { ...answer, ...ours } }, given);
  expect(found(other)).toEqual([]);
  expect(found({ status: 500 })).toEqual(['status: recorded 200, simulated 500']);
  expect(found({ reason: 'Fine' })).toEqual(['reason: recorded "OK", simulated "Fine"']);
  expect(found({ body: { data: { cores: '2' } } })).toEqual([
    'body.data.content: recorded "images,iso", simulated nothing', 'body.data.cores: recorded 2, simulated "2"',
    'body.data.digest: recorded "<digest>", simulated nothing', 'body.data.net0: recorded "virtio=<made>", simulated nothing',
  ]);
  // A MAC that the request gave is not one that the server made.
  const given = new Given();
  given.note({ step: '', request: { auth: 'root', method: 'PUT', path: '/', params: [['net0', 'virtio=bc:24:11:00:00:01']] }, response: answer });
  expect(found(other, given)).toEqual(['body.data.net0: recorded "virtio=BC:24:11:00:00:01", simulated "virtio=<made>"']);
});

test('how tasks end is compared, and the last lines of their logs', () => {
  const response = { status: 200, reason: 'OK', contentType: null };
  const task = (exitstatus: string, ...log: string[]) => ({ response, task: { status: { exitstatus, pid: log.length }, log } });
  expect(differences(task('OK', 'b', 'TASK OK'), task('OK', 'a', 'b', 'TASK OK'), new Given())).toEqual([]);
  expect(differences(task('OK', 'b', 'TASK OK'), task('no', 'c', 'TASK OK'), new Given())).toEqual([
    'task.exitstatus: recorded "OK", simulated "no"', 'log.0: recorded "b", simulated "c"',
  ]);
  expect(differences(task('OK', 'TASK OK'), { response }, new Given())[0]).toBe('task: recorded {"exitstatus":"OK","pid":"<pid>"}, simulated nothing');
});
