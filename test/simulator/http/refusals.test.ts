import * as https from 'node:https';
import { PveSimulator } from '../../../lib/simulator';

let pve: PveSimulator;
beforeAll(async () => {
  pve = await PveSimulator.start({ tokens: [{ id: 'limited@pve!t', secret: 's', permissions: [{ path: '/vms', privileges: ['VM.Audit'] }] }] });
});
afterAll(() => pve.stop());

interface Sent {
  readonly authorization?: string;
  readonly type?: string;
  readonly body?: string;
}

/** Status, reason phrase, type and body of an answer. */
async function ask(method: string, path: string, { authorization = `PVEAPIToken=${pve.apiToken}`, type, body }: Sent = {}): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, ...body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }, ...type === undefined ? {} : { 'content-type': type } };
    const outgoing = https.request(new URL(path, pve.endpoint), { method, ca: pve.certificate, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk) => text += chunk).on('end', () => {
        resolve([incoming.statusCode, incoming.statusMessage, incoming.headers['content-type'] ?? null, text]);
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const form = 'application/x-www-form-urlencoded';
const parts = (...fields: [string, string, string?][]) => fields.map(([name, value, file]) =>
  `------------------boundary\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`).join('') + '------------------boundary--\r\n';
const upload = '/api2/json/nodes/pve/storage/local/upload';
const multipart = 'multipart/form-data; boundary=----------------boundary';
const json = 'application/json;charset=UTF-8';

test.each<[string, string, Sent, readonly unknown[]]>([
  ['PATCH', '/api2/json/version', {}, [501, 'method \'PATCH\' not available', null, '']],
  ['OPTIONS', '/api2/json/version', {}, [501, 'method \'OPTIONS\' not available', null, '']],
  ['GET', '/nosuch', {}, [500, 'no such file \'/nosuch\'', null, 'no such file \'/nosuch\'\n']],
  ['GET', '/api2', {}, [501, 'no such uri', null, 'no such uri']],
  ['GET', '/api2/yaml/version', {}, [501, 'no formatter for uri /version, yaml', null, 'no formatter for uri /version, yaml']],
  ['DELETE', '/api2/json/pools/x', { body: 'a=1', type: form }, [501, 'Unexpected content for method \'DELETE\'', null, 'Unexpected content for method \'DELETE\'']],
  [
    'POST', '/api2/json/pools', { body: 'poolid=x', type: 'text/plain' },
    [506, 'upload \'Content-Type \'text/plain\' not implemented', null, 'upload \'Content-Type \'text/plain\' not implemented'],
  ],
  ['POST', '/api2/json/pools', { body: `poolid=${'x'.repeat(524288)}`, type: form }, [501, 'for data too large', null, 'for data too large']],
  ['GET', '/api2/json/nodes/pve/tasks', {}, [200, 'OK', json, '{"data":[]}']],
  ['GET', '/api2/json/access/domains', { authorization: 'PVEAPIToken=nonsense' }, [
    200, 'OK', json, '{"data":[{"realm":"pam","type":"pam","comment":"Linux PAM standard authentication"},{"realm":"pve","type":"pve","comment":"Proxmox VE authentication server"}]}',
  ]],
  ['POST', '/api2/json/access/vncticket', { authorization: '' }, [
    501, 'Method \'POST /access/vncticket\' not implemented', json, '{"data":null,"message":"Method \'POST /access/vncticket\' not implemented"}',
  ]],
  ['POST', upload, { authorization: 'PVEAPIToken=limited@pve!t=s', type: multipart, body: parts(['content', 'iso'], ['filename', 'x', 'x.iso']) }, [
    403, 'Permission check failed (/storage/local, Datastore.AllocateTemplate)', null, '',
  ]],
  ['POST', upload, { type: multipart, body: parts(['content', 'iso'], ['file', 'x', 'x.iso']) }, [
    500, 'wrong field name \'file\' for file upload, expected \'filename\' at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1325.', null,
    'wrong field name \'file\' for file upload, expected \'filename\' at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1325.\n',
  ]],
  ['POST', upload, { type: multipart, body: parts(['content', 'iso']) }, [
    500, 'upload failed at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1370.', null, 'upload failed at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1370.\n',
  ]],
])('%s %s %j', async (method, path, sent, answer) => {
  expect(await ask(method, path, sent)).toEqual(answer);
});

test('of the fields before a file only those count that are looked for, in their order', async () => {
  const fields: [string, string, string?][] = [['nonsense', 'abc'], ['content', 'iso'], ['filename', 'x', 'y z.iso']];
  const [status, , , body] = await ask('POST', upload, { type: multipart, body: parts(...fields) });
  expect([status, JSON.parse(`${body}`)]).toEqual([200, { data: expect.stringMatching(/^UPID:pve:.*:imgcopy::root@pam!simulator:$/) }]);
  expect(pve.requests.at(-1)?.parameters).toEqual({ content: 'iso', filename: 'y z.iso' });
});
