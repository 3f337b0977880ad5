import * as crypto from 'node:crypto';

/** A certificate and its key, in PEM form. @internal */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate says. @internal */
export interface CertificateProps {
  readonly name: string;
  /** IPv4 addresses and DNS names it is good for. @default - none: it is an authority */
  readonly goodFor?: string[];
  /** Year in which it expires. @default 9999 */
  readonly until?: number;
}

/** DER: a tag, a length, the content. */
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  // The shortest form there is: others are refused.
  const long = content.length < 256 ? [0x81, content.length] : [0x82, Math.floor(content.length / 256), content.length % 256];
  const length = content.length < 128 ? [content.length] : long;
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...contents: Uint8Array[]) => der(0x30, ...contents);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const ALTERNATIVE_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';

const nameOf = (text: string) => sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(text)))));
const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x01, Buffer.from([0xff])), der(0x04, value));

function alternativeNames(names: string[]): Buffer {
  const isAddress = (name: string) => /^[\d.]+$/.test(name);
  return sequence(...names.map((name) => (isAddress(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)))));
}

/** Makes a certificate: one more than Node.js can, and without a tool. @internal */
export function certify(props: CertificateProps, by?: Certified & { readonly name: string }): Certified & { readonly name: string } {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [what, value] = props.goodFor === undefined
    ? [BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff])))]
    : [ALTERNATIVE_NAME, alternativeNames(props.goodFor)];
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x42]), crypto.randomBytes(7)])),
    ECDSA_SHA256,
    nameOf(by?.name ?? props.name),
    sequence(der(0x18, Buffer.from('20000101000000Z')), der(0x18, Buffer.from(`${props.until ?? 9999}0101000000Z`))),
    nameOf(props.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension(what, value))),
  );
  const signature = crypto.sign('sha256', content, by?.key ?? privateKey);
  const certificate = sequence(content, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  return {
    name: props.name,
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
