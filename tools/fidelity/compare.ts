import { Answer, Exchange, TaskEnd } from './exchange';

interface Outcome {
  readonly response: Answer;
  readonly task?: TaskEnd;
}

/** What is different, as a path with both values; empty if nothing is. */
export function differences(recorded: Outcome, ours: Outcome, given: Given): string[] {
  const found: string[] = [];
  compare('status', recorded.response.status, ours.response.status, found);
  compare('reason', given.mask(recorded.response.reason), given.mask(ours.response.reason), found);
  compare('contentType', recorded.response.contentType, ours.response.contentType, found);
  compare('body', normal(recorded.response.body, '', given), normal(ours.response.body, '', given), found);
  compare('text', recorded.response.text, ours.response.text, found);
  if (recorded.task !== undefined || ours.task !== undefined) {
    compare('task', normal(recorded.task?.status, '', given), normal(ours.task?.status, '', given), found);
    const log = recorded.task?.log.map((line) => given.mask(line)) ?? [];
    compare('log', log, ours.task?.log.slice(-log.length).map((line) => given.mask(line)) ?? [], found);
  }
  return found;
}

/** What requests have given: MACs and UUIDs that are not among it were made by the server, and are not compared. */
export class Given {
  private readonly seen = new Set<string>();

  /** Takes note of all that a request says. */
  public note({ request }: Exchange): void {
    for (const match of JSON.stringify(request).matchAll(madeUp)) this.seen.add(match[0].toLowerCase());
  }

  /** A text without what the server makes up, and without times. */
  public mask(text: string): string {
    return text
      .replace(/UPID:([^:]+):[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:/g, 'UPID:$1:<process>:')
      .replace(madeUp, (made) => this.seen.has(made.toLowerCase()) ? made : '<made>')
      .replace(/pveupload-[0-9a-f]{32}/g, 'pveupload-<made>')
      .replace(/tmp_dwnl\.\d+/g, 'tmp_dwnl.<process>')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>');
  }
}

const madeUp = /\b(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/gi;
/** Digests, fingerprints, processes, times, and the sizes of what else is on a real server's disks. */
const uncomparable = new Set(['digest', 'ssl_fingerprint', 'meta', 'pid', 'pstart', 'starttime', 'endtime', 'ctime', 'uptime', 'mem', 'avail', 'used', 'used_fraction', 'total']);

/** A value without what cannot be equal, and without orders that a real server does not keep. */
function normal(value: unknown, key: string, given: Given): unknown {
  if (uncomparable.has(key) && (typeof value !== 'number' || key !== 'total' || value > 1e6)) return value === undefined ? undefined : `<${key}>`;
  if (typeof value === 'string') {
    const masked = given.mask(value);
    return key === 'content' ? masked.split(',').sort().join(',') : /^invalid format - format error\n/.test(masked) ? masked.split('\n').sort().join('\n') : masked;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item, '', given));
    return value.every((item) => typeof item === 'object' && item !== null && !('n' in item)) ? items.sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1) : items;
  }
  if (typeof value === 'object' && value !== null) {
    const { volid, key: named } = value as { volid?: unknown; key?: unknown };
    // Pending changes are pairs of key and value.
    const masked = (name: string) => volid === 'local:import/base.qcow2' && name === 'size' || name === 'value' && uncomparable.has(String(named));
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, item]) => [name, masked(name) ? `<${name}>` : normal(item, name, given)]));
  }
  return value;
}

function compare(at: string, recorded: unknown, ours: unknown, found: string[]): void {
  const isObject = (value: unknown): value is { [key: string]: unknown } => typeof value === 'object' && value !== null;
  if (isObject(recorded) && isObject(ours) && Array.isArray(recorded) === Array.isArray(ours)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(ours)])) compare(`${at}.${key}`, recorded[key], ours[key], found);
  } else if (JSON.stringify(recorded) !== JSON.stringify(ours)) {
    const show = (value: unknown) => value === undefined ? 'nothing' : JSON.stringify(value);
    found.push(`${at}: recorded ${show(recorded)}, simulated ${show(ours)}`);
  }
}
