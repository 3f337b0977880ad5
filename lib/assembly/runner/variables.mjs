// Values that a deploy is given in its environment, and what of it Packer is given.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';

/** Value of a variable: that of Terraform first, since a deploy is Terraform's. */
function given(name) {
  const values = [process.env[`TF_VAR_${name}`], process.env[`PKR_VAR_${name}`]].filter((value) => value !== undefined);
  return values.find((value) => value !== '') ?? values[0];
}

/** Value of a secret, from the environment or from its file. */
export function secretValue({ source, reference }) {
  if (source !== 'file') {
    const value = given(reference);
    if (!value) throw new Error(`The secret ${reference} is not given. Set TF_VAR_${reference} in the environment of the deploy.`);
    return value;
  }
  let value;
  try {
    value = readFileSync(reference.replace(/^~\//, `${homedir()}/`), 'utf8').trim();
  } catch (error) {
    throw new Error(`The secret in ${reference} cannot be read (${error.code}). Put it there, readable for the user who deploys.`);
  }
  if (value === '') throw new Error(`The file ${reference} is to hold a secret, and is empty.`);
  return value;
}

/** All values that must not be printed. */
export function secretValues({ credentials, variables }) {
  const login = secretValue(credentials.secret);
  const ofToken = credentials.user === null && login.includes('=') ? [login.slice(login.indexOf('=') + 1)] : [];
  return [login, ...ofToken, ...variables.filter((variable) => variable.sensitive).map(({ name }) => given(name) ?? '')];
}

/** The environment of Packer: variables under its own prefix, and none of Terraform's, which may hold secrets of others. */
export function packerEnvironment({ credentials, variables }) {
  const missing = variables.filter(({ name, required }) => required && given(name) === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => `TF_VAR_${name}`).join(', ');
    throw new Error(`Packer needs values that are not given. Set ${names} in the environment of the deploy.`);
  }
  const own = Object.entries(process.env).filter(([name]) => !/^(TF_VAR_|PROXMOX_CONSTRUCTS_DEPLOY_PID$)/.test(name));
  const env = { ...Object.fromEntries(own), PACKER_NO_COLOR: '1' };
  const login = credentials.secret.source === 'file' ? [] : [credentials.secret.reference];
  for (const name of [...login, ...variables.map((variable) => variable.name)]) {
    const value = given(name);
    if (value !== undefined) env[`PKR_VAR_${name}`] = value;
  }
  env.PKR_VAR_commit ||= commit();
  return env;
}

/** Commit of the program that describes the image, where its output lies in the repository. */
function commit() {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
