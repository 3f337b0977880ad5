import * as fs from 'node:fs';
import { parseArgs } from 'node:util';
import { GuestEngine } from './guest-engine';
import { PveSimulator } from './pve-simulator';
import { PveRelease } from './pve-simulator-props';

const usage = `proxmox-constructs-simulator: a simulated Proxmox VE on the loopback interface

  --port PORT               to listen on (8006)
  --release 8.4|9.1         the release (9.1)
  --node NAME               a node; can be given several times (pve)
  --engine none|qemu        whether machines really boot, in QEMU (none)
  --guest-addresses CIDR    the loopback addresses of guests in QEMU (127.84.0.0/16)
  --file VOLUME=PATH        puts a file on a storage; can be given several times (local:iso/debian.iso=debian.iso)
  --certificate PATH        writes the certificate of its authority there, for SSL_CERT_FILE
  --quiet                   does not show requests
`;

/**
 * The simulator from a shell: runs until it is interrupted.
 *
 * @returns the status to exit with
 * @internal
 */
export async function runSimulator(args: string[]): Promise<number> {
  const options = read(args);
  if (options === undefined) return 2;
  const { values } = options;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const pve = await PveSimulator.start({
    port: Number(values.port ?? 8006),
    release: values.release === '8.4' ? PveRelease.V8_4 : PveRelease.V9_1,
    nodes: values.node?.map((name) => ({ name })),
    engine: values.engine === 'qemu' ? GuestEngine.qemu({ guestAddresses: values['guest-addresses'] }) : GuestEngine.none(),
  });
  try {
    for (const file of values.file ?? []) {
      const [volume, path] = file.split(/=(.*)/s);
      await pve.addFile(volume, fs.createReadStream(path));
    }
    if (values.certificate !== undefined) fs.writeFileSync(values.certificate, pve.certificate);
    console.log(`Proxmox VE ${values.release ?? '9.1'}, simulated, on ${pve.endpoint}\n`
      + `  TF_VAR_proxmox_api_token='${pve.apiToken}'\n  root@pam has the password ${pve.rootPassword}\nCtrl-C stops it.`);
    if (!values.quiet) pve.onRequest(({ method, path, status, reason }) => console.log(`${status} ${method} ${path}${status === 200 ? '' : ` ${reason}`}`));
    await interrupted();
  } finally {
    await pve.stop();
  }
  return 0;
}

function read(args: string[]) {
  try {
    const parsed = parseArgs({
      args,
      options: {
        'port': { type: 'string' },
        'release': { type: 'string' },
        'node': { type: 'string', multiple: true },
        'engine': { type: 'string' },
        'guest-addresses': { type: 'string' },
        'file': { type: 'string', multiple: true },
        'certificate': { type: 'string' },
        'quiet': { type: 'boolean' },
        'help': { type: 'boolean' },
      },
    });
    const { port, release, engine, file } = parsed.values;
    const wrong = [
      ...port !== undefined && !(Number(port) > 0 && Number(port) < 65536) ? [`--port ${port} is not a port`] : [],
      ...release !== undefined && !['8.4', '9.1'].includes(release) ? [`--release ${release} is not simulated; 8.4 and 9.1 are`] : [],
      ...engine !== undefined && !['none', 'qemu'].includes(engine) ? [`--engine ${engine} is neither none nor qemu`] : [],
      ...(file ?? []).filter((text) => !/^[^:=]+:[^=]+=./.test(text)).map((text) => `--file ${text} is not VOLUME=PATH, local:iso/debian.iso=debian.iso`),
      ...(file ?? []).map((text) => text.split(/=(.*)/s)[1]).filter((path) => path && !fs.existsSync(path)).map((path) => `${path} does not exist`),
    ];
    if (wrong.length === 0) return parsed;
    process.stderr.write(`${wrong.join('\n')}\n\n${usage}`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
  }
  return undefined;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
