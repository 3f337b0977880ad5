// Whose certificates are trusted: the same as by Packer and Terraform, which ask the system. Node.js has a list of its own.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as tls from 'node:tls';

/** Where systems keep all authorities in one file: Debian, Fedora, openSUSE, RHEL, Alpine and macOS. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem',
];

function read(file) {
  try {
    return [readFileSync(file, 'utf8')].filter((text) => text.includes('BEGIN CERTIFICATE'));
  } catch {
    return [];
  }
}

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** Authorities of the system, and those named by variables; those of Node.js only where the system keeps its own in no file. */
export function authorities() {
  const { SSL_CERT_FILE, SSL_CERT_DIR = '', NODE_EXTRA_CA_CERTS } = process.env;
  const bundle = SSL_CERT_FILE || BUNDLES.find((file) => existsSync(file));
  const files = [bundle, NODE_EXTRA_CA_CERTS, ...SSL_CERT_DIR.split(delimiter).filter(Boolean).flatMap(filesIn)];
  const others = process.platform === 'linux' && bundle ? [] : [...tls.rootCertificates, ...tls.getCACertificates?.('system') ?? []];
  return [...new Set([...others, ...files.filter(Boolean).flatMap(read)])];
}
