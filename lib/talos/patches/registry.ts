import { Problems, Secret } from '../../core';
import { FLAG, Kinds, SECRET, TEXT, checkKinds, listOf, required } from '../../proxmox/kinds';
import { ConfigContract } from '../config-contract';
import { PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkKnown, checkText, checkTexts, document, isHost, isLine, isPort, isWebAddress } from './form';

/** Where images of a registry are had from instead. */
export interface RegistryMirrorOptions {
  /** URLs of the mirrors, tried in this order, such as `https://mirror.example.com`. */
  readonly endpoints: string[];
  /** Whether the path of a URL replaces `/v2`, as Harbor and others that have a path for each registry want. @default false */
  readonly overridePath?: boolean;
  /** Whether the registry itself is not asked when no mirror answers. @default false */
  readonly skipFallback?: boolean;
}

/** Login at a registry: user and password, or an identity token, or what `docker login` stores. */
export interface RegistryAuthOptions {
  /** Name of the user. @default - another kind of login */
  readonly username?: string;
  /** Password of the user. @default - another kind of login */
  readonly password?: Secret;
  /** Token that stands for a user. @default - another kind of login */
  readonly identityToken?: Secret;
  /** User and password joined by a colon, in base64. @default - another kind of login */
  readonly auth?: Secret;
}

/** The encrypted connection to a registry. */
export interface RegistryTlsOptions {
  /** Certificate of the authority that signed that of the registry, as PEM text. @default - authorities known to Talos */
  readonly ca?: string;
  /** Certificate by which the machine proves who it is, as PEM text. @default - none */
  readonly clientCertificate?: string;
  /** Key of the client certificate, as PEM text. @default - none */
  readonly clientKey?: Secret;
  /** Whether any certificate is taken. @default false */
  readonly insecureSkipVerify?: boolean;
}

const MIRROR: Kinds<RegistryMirrorOptions> = { endpoints: required(listOf(TEXT)), overridePath: FLAG, skipFallback: FLAG };
const AUTH: Kinds<RegistryAuthOptions> = { username: TEXT, password: SECRET, identityToken: SECRET, auth: SECRET };
const TLS: Kinds<RegistryTlsOptions> = { ca: TEXT, clientCertificate: TEXT, clientKey: SECRET, insecureSkipVerify: FLAG };

/** @internal */
export function registryMirror(registry: string, options: RegistryMirrorOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.registryMirror');
  checkText(problems, 'registry', registry, rules['registry-form'], (text) => text === '*' || isRegistry(text));
  checkKinds(options, MIRROR, problems, 'options');
  problems.throwIfAny();
  const { endpoints, overridePath, skipFallback } = options;
  checkTexts(problems, 'endpoints', endpoints, rules['registry-endpoint-form'], isWebAddress);
  problems.throwIfAny();
  return () => [document('RegistryMirrorConfig', {
    name: registry,
    endpoints: endpoints.map((url) => overridePath === true ? { url, overridePath } : { url }),
    ...skipFallback === true ? { skipFallback } : {},
  })];
}

/** @internal */
export function registryAuth(registry: string, options: RegistryAuthOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.registryAuth');
  checkText(problems, 'registry', registry, rules['registry-form'], isRegistry);
  checkKinds(options, AUTH, problems, 'options');
  problems.throwIfAny();
  const { username, password, identityToken, auth } = options;
  const kinds = [username !== undefined || password !== undefined, identityToken !== undefined, auth !== undefined].filter((given) => given);
  problems.check(kinds.length === 1 && (username === undefined) === (password === undefined), rules['registry-login'], { property: 'options' });
  if (username !== undefined) checkText(problems, 'options.username', username, rules['patch-text-form'], isLine);
  problems.throwIfAny();
  return () => [document('RegistryAuthConfig', {
    name: registry,
    ...username === undefined ? {} : { username, password },
    ...identityToken === undefined ? {} : { identityToken },
    ...auth === undefined ? {} : { auth },
  })];
}

/** @internal */
export function registryTls(registry: string, options: RegistryTlsOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.registryTls');
  checkText(problems, 'registry', registry, rules['registry-form'], isRegistry);
  checkKinds(options, TLS, problems, 'options');
  problems.throwIfAny();
  const { ca, clientCertificate, clientKey, insecureSkipVerify } = options;
  const something = ca !== undefined || clientCertificate !== undefined || insecureSkipVerify === true;
  problems.check(something && (clientCertificate === undefined) === (clientKey === undefined), rules['registry-certificate'], { property: 'options' });
  for (const [property, pem] of Object.entries({ ca, clientCertificate })) {
    if (pem !== undefined && checkKnown(problems, `options.${property}`, pem)) problems.check(isCertificate(pem), rules['registry-certificate'], { property: `options.${property}` });
  }
  problems.throwIfAny();
  const skip = insecureSkipVerify === true ? { insecureSkipVerify } : {};
  return ({ contract }) => {
    // The first releases of Talos 1.12 crash over the document if it has no client certificate.
    if (clientCertificate === undefined && !contract.isAtLeast(ConfigContract.V1_13)) {
      const tls = { ...ca === undefined ? {} : { ca: Buffer.from(ca).toString('base64') }, ...skip };
      return [{ machine: { registries: { config: { [registry]: { tls } } } } }];
    }
    const identity = clientCertificate === undefined ? {} : { clientIdentity: { cert: clientCertificate, key: clientKey } };
    return [document('RegistryTLSConfig', { name: registry, ...identity, ...ca === undefined ? {} : { ca }, ...skip })];
  };
}

function isRegistry(text: string): boolean {
  const [, host, port] = /^(.+?)(?::(\d+))?$/.exec(text) ?? [];
  return host !== undefined && !host.includes(':') && isHost(host) && (port === undefined || (isPort(Number(port)) && !port.startsWith('0')));
}

function isCertificate(pem: string): boolean {
  return /^\s*-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\s*/.test(pem) && !pem.includes('PRIVATE KEY');
}
