import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as https from 'node:https';
import { AddressInfo, createServer } from 'node:net';
import * as path from 'node:path';
import { Outcome, run, terraformEnvironment, tool } from '../../tools';
import { StrangersApp } from './app';
import { forCore } from './variants';

/** The simulated server in a stranger's project: in their jest tests, and from their shell. */
export class UsersTest {
  private readonly folder: string;

  public constructor(private readonly app: StrangersApp) {
    this.folder = path.join(app.folder, 'with-jest');
  }

  /** Puts a test that deploys with Terraform there, and the one of the room's README; then lets npm get jest. */
  public async install(versions: { readonly jest: string; readonly tsJest: string; readonly types: string }): Promise<Outcome> {
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(path.join(this.folder, 'deploy.test.ts'), forCore(fs.readFileSync(path.join(__dirname, 'program/deploy.test.ts'), 'utf8'), this.app.core));
    fs.writeFileSync(path.join(this.folder, 'readme.test.ts'), forCore(simulatorSample(), this.app.core));
    fs.writeFileSync(path.join(this.folder, 'jest.config.json'), JSON.stringify({ transform: { '\\.ts$': 'ts-jest' }, testTimeout: 120_000 }));
    fs.writeFileSync(path.join(this.folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'Node16', moduleResolution: 'Node16', strict: true, isolatedModules: true, skipLibCheck: true, types: ['node', 'jest'] },
    }));
    return run('npm', [
      'install', '--no-audit', '--no-fund', '--prefer-offline', '--no-save', `jest@${versions.jest}`, `ts-jest@${versions.tsJest}`, `@types/jest@${versions.types}`,
    ], { cwd: this.app.folder });
  }

  /** Runs both tests. */
  public run(): Promise<Outcome> {
    const terraform = tool('terraform').path;
    return run(path.join(this.app.folder, 'node_modules/.bin/jest'), ['--ci', '--rootDir', this.folder, '--config', path.join(this.folder, 'jest.config.json')], {
      cwd: this.folder, env: { ...terraformEnvironment(), TERRAFORM: terraform }, timeoutSeconds: 300,
    });
  }

  /** What the program prints and exits with when it ends by itself. */
  public async shell(args: readonly string[], status: number, text: RegExp): Promise<string | undefined> {
    const outcome = await run(path.join(this.app.folder, 'node_modules/.bin/proxmox-constructs-simulator'), args, { cwd: this.app.folder });
    return outcome.status === status && text.test(outcome.output) ? undefined : `exit ${outcome.status}\n${outcome.output}`;
  }

  /** Starts the program, asks it for its version, interrupts it. */
  public async session(): Promise<string | undefined> {
    const certificate = path.join(this.folder, 'authority.pem');
    const port = await freePort();
    const child = spawn(path.join(this.app.folder, 'node_modules/.bin/proxmox-constructs-simulator'), ['--port', `${port}`, '--certificate', certificate], {
      cwd: this.app.folder, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close');
    let output = '';
    const shown = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data).includes('Ctrl-C stops it.') && resolve());
    });
    try {
      await Promise.race([shown, ended]);
      const [, token] = /TF_VAR_proxmox_api_token='(.*)'/.exec(output) ?? [];
      if (token === undefined) return output;
      const answer = await new Promise<string>((resolve, reject) => {
        https.get(`https://127.0.0.1:${port}/api2/json/version`, { ca: fs.readFileSync(certificate), agent: false, headers: { Authorization: `PVEAPIToken=${token}` } }, (response) => {
          let text = '';
          response.on('data', (data) => { text += data; }).on('end', () => resolve(text));
        }).on('error', reject);
      });
      child.kill('SIGINT');
      const [status] = await ended;
      return status === 0 && answer.includes('"release":"9.1"') && output.endsWith('200 GET /version\n') ? undefined : `exit ${status}\n${answer}\n${output}`;
    } finally {
      child.kill('SIGKILL');
    }
  }
}

/** The test in the README of the simulator's room. */
function simulatorSample(): string {
  const [, sample] = /^```ts\n(.*?)^```$/ms.exec(fs.readFileSync(path.join(__dirname, '../../lib/simulator/README.md'), 'utf8'))!;
  return sample;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
