import * as fs from 'fs';
import * as path from 'path';
import { inspect } from 'util';
import { App } from 'cdktf';
import { Credentials, Secret, packer } from '../../lib';
import { writeFiles } from '../support/program-folder';
import { defineEverything } from '../support/programs/everything';
import { readFolder, temporaryFolder } from '../support/synth';

const NAMES = ['proxmox_api_token', 'planted_key', 'planted_password', 'planted_license'];
const VALUES = NAMES.flatMap((name) => [`TF_VAR_${name}`, `PKR_VAR_${name}`]).map((name, i) => [name, `root@pam!x=planted-${i}-1f2e3d4c`] as const);
const PLANTED = 'planted-in-a-file-9a8b7c6d';

/** The environment of a deploy, with all that the program could read and must not write. */
function withSecrets<T>(run: () => T): T {
  const home = temporaryFolder();
  writeFiles(home, { '.config/planted-token': `root@pam!file=${PLANTED}\n` });
  const before = { ...process.env };
  Object.assign(process.env, Object.fromEntries(VALUES), { HOME: home });
  try {
    return run();
  } finally {
    for (const name of [...VALUES.map(([variable]) => variable), 'HOME']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

test('no value of a secret stands anywhere in the output', () => {
  const outdir = path.join(temporaryFolder(), 'cdktf.out');
  withSecrets(() => {
    const app = new App({ outdir });
    defineEverything(app);
    app.synth();
  });
  const written = Object.keys(readFolder(outdir)).map((name) => [name, fs.readFileSync(path.join(outdir, name))] as const);
  const forms = [...VALUES.map(([, value]) => value), PLANTED].flatMap((value) => [value, value.split('=').at(-1)!])
    .flatMap((value) => [value, Buffer.from(value).toString('base64').replace(/=+$/, '').slice(4, -4), Buffer.from(value).toString('hex'), encodeURIComponent(value)]);
  expect(written.flatMap(([name, bytes]) => forms.filter((form) => bytes.includes(form)).map((form) => `${name}: ${form}`))).toEqual([]);
  // The names are there, so the secrets were used; and the search finds what is there.
  const all = Buffer.concat(written.map(([, bytes]) => bytes));
  expect([...NAMES, '~/.config/planted-token'].filter((name) => !all.includes(name))).toEqual([]);
});

test('a secret never shows a value, however it is looked at', () => {
  withSecrets(() => {
    const secrets = [Secret.fromEnvironment('proxmox_api_token'), Secret.fromFile('~/.config/planted-token')];
    const looks = [...secrets, Credentials.apiToken(secrets[0]), { deep: secrets }].flatMap((value) => [
      JSON.stringify(value), inspect(value, { depth: 9, showHidden: true, getters: true }),
    ]);
    expect(looks.filter((look) => look.includes('planted-in') || /planted-\d/.test(look))).toEqual([]);
  });
});

test('a sensitive variable has no value in the template', () => {
  expect(() => new packer.Variable('license', { sensitive: true, default: 'hunter22' })).toThrow(/\[packer-variable-sensitive-default\]/);
});
