import { InstallationIso, InstallationIsoDownload, IsoDownloader, guestos, packer } from '../../lib';
import { HclRenderer } from '../../lib/hcl';
import { Body } from '../../lib/hcl/body';
import { ANY_VALUES, withEvery } from '../support/any-value';
import { mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

const SHA256 = guestos.Checksum.sha256('1b'.repeat(32));
const URL = 'https://vendor.example/tiny-1.0.iso';
const LIST = 'https://vendor.example/SHA256SUMS';

/** The ISO in a drive, as HCL. */
function drive(iso: InstallationIso): string {
  return new HclRenderer().render(new Body({}, [iso.toIsoFile({ bus: packer.IsoBus.SCSI, index: 1 }, 'isos').toBlock('boot_iso')]));
}

test('on a storage', () => {
  const iso = InstallationIso.fromStorage('nas-1:iso/Tiny 1.0.ISO'.replace(' ', '_'));
  expect([iso.storage, iso.fileName, iso.downloader]).toEqual(['nas-1', 'Tiny_1.0.ISO', undefined]);
  expect(drive(iso)).toBe('boot_iso {\n  index    = "1"\n  iso_file = "nas-1:iso/Tiny_1.0.ISO"\n  type     = "scsi"\n}\n');
  expect(InstallationIso.fromStorage('local:iso/netboot.img').fileName).toBe('netboot.img');
});

test('downloaded by the node', () => {
  const iso = InstallationIso.fromUrl({ url: URL, checksum: SHA256 });
  expect([iso.storage, iso.fileName, iso.downloader]).toEqual([undefined, 'tiny-1.0.iso', 'node']);
  expect(drive(iso)).toBe(`boot_iso {
  index            = "1"
  iso_checksum     = "sha256:${'1b'.repeat(32)}"
  iso_download_pve = true
  iso_storage_pool = "isos"
  iso_url          = "${URL}"
  type             = "scsi"
}
`);
});

test('downloaded by Packer: by wish, or as only that reads lists', () => {
  const isos = [
    InstallationIso.fromUrl({ url: URL, checksum: SHA256, downloader: IsoDownloader.PACKER }),
    InstallationIso.fromUrl({ url: URL, checksumList: LIST }),
    InstallationIso.fromUrl({ url: URL, checksumList: LIST, downloader: IsoDownloader.PACKER }),
  ];
  const block = (checksum: string) => `boot_iso {
  index            = "1"
  iso_checksum     = "${checksum}"
  iso_storage_pool = "isos"
  iso_url          = "${URL}"
  type             = "scsi"
}
`;
  expect(isos.map((iso) => [iso.downloader, drive(iso)])).toEqual([
    ['packer', block(`sha256:${'1b'.repeat(32)}`)], ['packer', block(`file:${LIST}`)], ['packer', block(`file:${LIST}`)],
  ]);
});

test.each([
  '', 'a.iso', 'local:tiny.iso', 'local:iso/', 'local:iso/.', 'local:iso/a b.iso', 'local:iso/a/b.iso', 'local:iso/a.qcow2', 'local:vztmpl/a.iso', ':iso/a.iso', '1x:iso/a.iso',
  'local:iso/a.iso\n', 'local:iso/${x}', REFERENCES.text,
])('no volume of an ISO: %j', (volume) => {
  expect(mistakes(() => InstallationIso.fromStorage(volume))[0]).toMatch(volume === REFERENCES.text ? /^not-known-at-synth volume / : /^iso-volume-form volume /);
});

const REFUSED: [string, Partial<InstallationIsoDownload>][] = [
  ...['', 'tiny.iso', 'ftp://x.example/a.iso', 'https://x.example', 'https://x.example/a.img', 'https://x.example/a.iso?x=1', 'https://x.example/a.iso#b', 'https://x.example/a b.iso',
    'https://x.example/${x}.iso', 'https://x.example/{{x}}.iso', 'https://x.example/a.iso\n', 'https:///a.iso']
    .map((url): [string, Partial<InstallationIsoDownload>] => [`iso-url-form url ${JSON.stringify(url)}`, { url }]),
  ...['https://x.example/latest/a.iso', 'https://x.example/current/a.iso', 'https://x.example/Arch-LATEST-x86_64.iso', 'https://x.example/debian_current.iso']
    .map((url): [string, Partial<InstallationIsoDownload>] => [`iso-url-moving url ${JSON.stringify(url)}`, { url }]),
  ['iso-checksum-missing checksum nothing', { checksum: undefined }],
  [`iso-checksum-missing checksum "${SHA256}"`, { checksumList: LIST }],
  ...['', 'SHA256SUMS', 'file:///etc/passwd', 'https://x.example/a b', 'https://x.example/{{x}}', 'none']
    .map((checksumList): [string, Partial<InstallationIsoDownload>] => [`iso-checksum-list-form checksumList ${JSON.stringify(checksumList)}`, { checksum: undefined, checksumList }]),
  ['iso-checksum-on-node downloader "node"', { checksum: undefined, checksumList: LIST, downloader: IsoDownloader.NODE }],
];

test.each(REFUSED)('%s', (mistake, download) => {
  expect(mistakes(() => InstallationIso.fromUrl({ url: URL, checksum: SHA256, ...download }))).toEqual([mistake]);
});

test('names that only look as if they moved', () => {
  for (const name of ['latestos-1.iso', 'currently-1.iso', 'v-concurrent.iso']) expect(InstallationIso.fromUrl({ url: `https://x.example/${name}`, checksum: SHA256 }).fileName).toBe(name);
});

test('all mistakes at once', () => {
  expect(mistakes(() => InstallationIso.fromUrl({ url: 'x', checksumList: 'y', downloader: IsoDownloader.NODE }))).toEqual([
    'iso-url-form url "x"', 'iso-checksum-list-form checksumList "y"', 'iso-checksum-on-node downloader "node"',
  ]);
});

test('values of another kind, in plain JavaScript', () => {
  const wrong: any = { url: 1, checksum: 'sha256:1', checksumList: [], downloader: 'nobody' };
  expect(mistakes(() => InstallationIso.fromUrl(wrong)).map((mistake) => mistake.split(' ').slice(0, 2).join(' '))).toEqual([
    'value-kind url', 'value-kind checksum', 'value-kind checksumList', 'value-kind downloader',
  ]);
  expect(mistakes(() => InstallationIso.fromUrl({} as any))).toEqual(['value-missing url']);
  expect(mistakes(() => InstallationIso.fromUrl({ url: REFERENCES.text, checksumList: REFERENCES.text })).map((mistake) => mistake.split(' ').slice(0, 2).join(' '))).toEqual([
    'not-known-at-synth url', 'not-known-at-synth checksumList',
  ]);
  expect(mistakes(() => InstallationIso.fromStorage(undefined as any))).toEqual(['value-missing volume']);
});

test('any value anywhere is taken or refused', () => {
  const downloads = withEvery(['url', 'checksum', 'checksumList', 'downloader'], ANY_VALUES, (name, value) => InstallationIso.fromUrl({ url: URL, checksum: SHA256, [name]: value }));
  const volumes = withEvery(['volume'], ANY_VALUES, (_, value) => InstallationIso.fromStorage(value));
  const whole = withEvery(['download'], ANY_VALUES, (_, value) => InstallationIso.fromUrl(value));
  expect([downloads.thrown, volumes.thrown, whole.thrown, volumes.taken, whole.taken]).toEqual([[], [], [], 0, 0]);
});
