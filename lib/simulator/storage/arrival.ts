import { Hash, createHash } from 'node:crypto';
import { Readable, Transform, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TaskLog, Upload } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { ReceivedContent } from '../engine/engine';
import { seededContent } from './seeded-download';
import { contentFolder } from './volume-name';
import { wget } from './wget';

/** A file that is to come to a storage. @internal */
export interface Arrival {
  readonly node: string;
  readonly storage: string;
  readonly content: 'iso' | 'vztmpl' | 'import';
  /** As it is named on the storage. */
  readonly filename: string;
  readonly checksum?: { readonly algorithm: string; readonly value: string };
}

/** Where a file is fetched from. @internal */
export interface Source {
  readonly url: string;
  /** How it is packed. */
  readonly compression?: string;
  readonly verifyCertificates: boolean;
}

/** Digests of what is on the storages, by the engine's key and algorithm, as far as they were ever asked for. */
const digests = new WeakMap<Cluster, Map<string, ReadonlyMap<string, string>>>();

/** The name a file gets on a storage. @internal */
export function normalizeFilename(filename: string): string {
  return filename.replace(/\n$/, '').replace(/^.*[/\\]/s, '').replace(/[^a-zA-Z0-9_.-]/g, '_');
}

/** Refuses names that cannot hold a kind of content. @throws ApiError 400 @internal */
export function checkExtension(content: string, filename: string): void {
  const wrong = (text: string) => ApiError.parameters({ filename: text });
  if (content === 'iso' && !/[^/]+\.(?:iso|img)$/i.test(filename)) throw wrong('wrong file extension');
  if (content === 'vztmpl' && !/[^/]+\.tar\.(gz|xz|zst|bz2)$/.test(filename)) throw wrong('wrong file extension');
  if (content === 'import' && !/[a-zA-Z0-9\-.+=_]+\.(ova|qcow2|raw|vmdk)$/.test(filename)) throw wrong('invalid filename or wrong extension');
}

/** Takes in a file that came with a request. @internal */
export async function importUpload(cluster: Cluster, arrival: Arrival, upload: Upload, { log }: TaskLog): Promise<void> {
  const { node, checksum } = arrival;
  const target = destination(cluster, arrival);
  log(`starting file import from: ${upload.temporaryName}`);
  if (checksum !== undefined) {
    const got = await upload.digest(checksum.algorithm);
    if (got.toLowerCase() !== checksum.value.toLowerCase()) {
      log('calculating checksum...');
      throw failure(`checksum mismatch: got '${got}' != expect '${checksum.value}'`);
    }
    log('calculating checksum...OK, checksum verified');
  }
  const announce = () => {
    log(`target node: ${node}`);
    log(`target file: ${target}`);
    log(`file size is: ${upload.bytes}`);
    log(`command: cp -- ${upload.temporaryName} ${target}`);
    if (!cluster.volumes.hasRoom(node, arrival.storage, upload.bytes)) throw failure(`import failed: cp: error writing '${target}': No space left on device`);
  };
  await receive(cluster, arrival, upload.open() as Readable, (received) => {
    checkImage(arrival, received, upload.temporaryName);
    announce();
  });
  log('finished file import successfully');
}

/** Fetches a file from the web. @internal */
export async function download(
  cluster: Cluster, arrival: Arrival, { url, compression, verifyCertificates }: Source, { log, stopped }: TaskLog,
): Promise<void> {
  const { checksum } = arrival;
  if (compression !== undefined && arrival.content !== 'iso') throw failure(`decompression not supported for ${arrival.content}`);
  const target = destination(cluster, arrival);
  log(`downloading ${url} to ${target}`);
  if (isThere(cluster, arrival, log)) return;
  const abort = new AbortController();
  stopped.catch(() => abort.abort());
  const suffix = 1000 + digestsOf(cluster).size;
  const file = `${target}.tmp_dwnl.${suffix}`;
  const seeded = cluster.downloads.get(url);
  const content = seeded ? seededContent(seeded) : await wget({ url, file, verifyCertificates, log, now: cluster.now, signal: abort.signal });
  const hash = checksum && createHash(checksum.algorithm);
  const verify = () => {
    if (hash === undefined || checksum === undefined) return;
    const got = seeded?.digest ?? hash.digest('hex');
    if (got.toLowerCase() !== checksum.value.toLowerCase()) {
      log('calculating checksum...');
      throw failure(`checksum mismatch: got '${got}' != expect '${checksum.value}'`);
    }
    log('calculating checksum...OK, checksum verified');
  };
  const counted = through(content, hash);
  await receive(cluster, arrival, compression === undefined ? counted : decompress(counted, compression), (received) => {
    verify();
    if (!cluster.volumes.hasRoom(arrival.node, arrival.storage, received.bytes)) throw failure(`download failed: Cannot write to '${file}' (No space left on device).`);
    if (compression !== undefined) log(`decompressing ${file} to ${target}.tmp_dcom.${suffix}`);
    try {
      checkImage(arrival, received, file);
    } catch (error) {
      throw failure(`failed to verify file: ${(error as Error).message}`);
    }
  });
  const there = cluster.volumes.look(arrival.node, volumeId(arrival));
  // Who asks again for what is there is told the digest that was given for it.
  if (there !== undefined && checksum !== undefined && seeded?.digest !== undefined) {
    digestsOf(cluster).set(there.key, new Map([[checksum.algorithm, seeded.digest]]));
  }
  log(`download of '${url}' to '${target}' finished`);
}

/** Whether the file is there already, and right. @throws ApiError if another one is there */
function isThere(cluster: Cluster, arrival: Arrival, log: (line: string) => void): boolean {
  const { checksum } = arrival;
  const existing = cluster.volumes.look(arrival.node, volumeId(arrival));
  if (existing === undefined) return false;
  if (checksum === undefined) throw failure(`refusing to override existing file '${destination(cluster, arrival)}'`);
  const got = digestsOf(cluster).get(existing.key)?.get(checksum.algorithm) ?? 'unknown';
  if (got.toLowerCase() === checksum.value.toLowerCase()) {
    log('calculating checksum of existing file...OK, got correct file already, no need to download');
    return true;
  }
  log('calculating checksum of existing file...');
  throw failure(`checksum mismatch: got '${got}' != expect '${checksum.value}', aborting`);
}

async function receive(cluster: Cluster, arrival: Arrival, content: Readable, check: (received: ReceivedContent) => void): Promise<void> {
  const hashes = new Map([...new Set(['sha256', 'sha512', arrival.checksum?.algorithm ?? 'sha256'])].map((name) => [name, createHash(name)]));
  const volume = await cluster.volumes.receive(arrival.node, volumeId(arrival), through(content, ...hashes.values()), check);
  digestsOf(cluster).set(volume.key, new Map([...hashes].map(([name, hash]) => [name, hash.digest('hex')])));
}

/** The same content, with hashes of what came by. */
function through(content: Readable, ...hashes: (Hash | undefined)[]): Readable {
  const passed = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hashes.forEach((hash) => hash?.update(chunk));
      done(null, chunk);
    },
  });
  content.once('error', (error) => passed.destroy(error));
  return content.pipe(passed);
}

function decompress(content: Readable, compression: string): Readable {
  if (compression !== 'gz') throw failure(`the simulator cannot decompress '${compression}', only 'gz'`);
  const unpacked = createGunzip();
  pipeline(content, unpacked, () => undefined);
  return unpacked;
}

/** An image must be what its name says; anything may be raw. */
function checkImage({ content, filename }: Arrival, { format }: ReceivedContent, file: string): void {
  if (content === 'import' && filename.endsWith('.qcow2') && format !== 'qcow2') throw failure(`qemu-img: Could not open '${file}': Image is not in qcow2 format`);
}

function volumeId({ storage, content, filename }: Arrival): string {
  return `${storage}:${content}/${filename}`;
}

function destination(cluster: Cluster, { storage, content, filename }: Arrival): string {
  return `${contentFolder(cluster.storage(storage).definition, content)}/${filename}`;
}

function digestsOf(cluster: Cluster): Map<string, ReadonlyMap<string, string>> {
  const known = digests.get(cluster) ?? new Map<string, ReadonlyMap<string, string>>();
  digests.set(cluster, known);
  return known;
}
