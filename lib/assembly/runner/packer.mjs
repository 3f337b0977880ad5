// Runs Packer so that its log is seen, no secret stands in it, and it always ends by itself and cleanly.
import { spawn, spawnSync } from 'node:child_process';

const HEARTBEAT_MS = 60_000;

/** Writes a line; a deploy that is gone reads no more, and that must not end the clean-up. */
export function say(text) {
  process.stdout.write(`${text}\n`, () => {});
}
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

/** On Linux the kernel tells Packer to end cleanly when this process is killed outright. */
function command(args) {
  const pdeathsig = process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;
  return pdeathsig ? ['setpriv', ['--pdeathsig', 'TERM', 'packer', ...args]] : ['packer', args];
}

/**
 * Runs Packer in a session of its own: a terminal's Ctrl-C reaches only this process, which passes on one signal (a second one
 * would make Packer leave the machine behind).
 *
 * @param secrets values that are replaced in the log, beside those that Packer knows to be sensitive
 * @param orphaned whether the deploy that asked for this is gone
 */
export function packer(args, { cwd, env, secrets, orphaned }) {
  return new Promise((resolve, reject) => {
    const [file, argv] = command(args);
    const child = spawn(file, argv, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = Date.now();
    let last = started;
    let interrupted = false;
    const interrupt = (why) => {
      if (interrupted) return;
      interrupted = true;
      say(`${why}: Packer is told to stop and delete the build machine.`);
      child.kill('SIGTERM');
    };
    const onSignal = (signal) => interrupt(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
    const watch = setInterval(() => {
      if (orphaned()) interrupt('The deploy has ended');
      if (Date.now() - last > HEARTBEAT_MS) {
        last = Date.now();
        say(`... packer ${args[0]} has been running for ${Math.round((last - started) / 60_000)} min`);
      }
    }, 500);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      const flush = (text) => {
        last = Date.now();
        say(secrets.reduce((masked, secret) => masked.replaceAll(secret, '<sensitive>'), text));
      };
      stream.setEncoding('utf8').on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        lines.forEach(flush);
      }).on('end', () => { if (rest !== '') flush(rest); });
    }
    const ended = () => {
      clearInterval(watch);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, onSignal);
    };
    child.on('error', (error) => {
      ended();
      reject(new Error(error.code === 'ENOENT' ? 'packer is not in PATH. Install it: https://developer.hashicorp.com/packer/install' : error.message));
    });
    child.on('close', (code) => {
      ended();
      if (code === 0 && !interrupted) resolve();
      else reject(new Error(interrupted ? 'The build was interrupted.' : `packer ${args[0]} ended with status ${code}.`));
    });
  });
}
