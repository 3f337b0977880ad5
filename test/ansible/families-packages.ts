import { write } from './bake';
import { type Machine } from './machine';

/** The unit of a service that does nothing. */
const UNIT = '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n';

/** Files of the packages that stand in for the real ones. */
interface StandIns {
  readonly [name: string]: { readonly [file: string]: string };
}

const REDHAT: StandIns = {
  'ca-certificates': {},
  'chrony': { '/usr/lib/systemd/system/chronyd.service': UNIT },
  'cloud-init': {},
  'cloud-utils-growpart': {},
  'curl-minimal': { '/usr/bin/curl': '' },
  'less': {},
  'only-recommended': {},
  'python3': {},
  'qemu-guest-agent': { '/usr/lib/systemd/system/qemu-guest-agent.service': UNIT },
  'sudo': {},
};

/** A repository of dnf, made by rpmbuild and createrepo; `old` is installed and has an upgrade. */
export async function redHatRepository(machine: Machine): Promise<void> {
  const source = '/srv/redhat/source';
  for (const [name, files] of Object.entries(REDHAT)) {
    for (const [file, content] of Object.entries(files)) write(machine, `${source}/${name}${file}`, content);
  }
  const heading = (name: string, version: number) => `Name: ${name}\nVersion: ${version}\nRelease: 1\nSummary: A stand-in\nLicense: none\nBuildArch: noarch\n`;
  const packages = Object.entries(REDHAT).map(([name, files]) => [
    `%package -n ${name}`, 'Summary: A stand-in', name === 'cloud-init' ? 'Recommends: only-recommended' : '', `%description -n ${name}`, 'A stand-in.',
    `%files -n ${name}`, ...Object.keys(files),
  ].join('\n'));
  const copies = Object.keys(REDHAT).map((name) => `[ ! -d ${source}/${name} ] || cp -r ${source}/${name}/. %{buildroot}/`);
  write(machine, '/srv/redhat/stand-ins.spec', [heading('stand-ins', 1), '%description', 'Stand-ins.', ...packages, '%install', 'mkdir -p %{buildroot}', ...copies].join('\n'));
  for (const version of [1, 2]) {
    write(machine, `/srv/redhat/old-${version}.spec`, `${heading('old', version)}%description\nAn old one.\n%files\n`);
  }
  write(machine, '/etc/yum.repos.d/stand-ins.repo', '[stand-ins]\nname=Stand-ins\nbaseurl=file:///srv/redhat/packages\ngpgcheck=0\n');
  await machine.inside(`
    cd /srv/redhat
    for spec in stand-ins old-1; do rpmbuild --quiet -bb --define '_rpmdir /srv/redhat/packages' $spec.spec 2>/dev/null; done
    createrepo_c --quiet packages
    dnf --quiet --assumeyes install old >/dev/null 2>&1
    rpmbuild --quiet -bb --define '_rpmdir /srv/redhat/packages' old-2.spec 2>/dev/null
    createrepo_c --quiet packages`);
}

const ARCH: StandIns = {
  'archlinux-keyring': {},
  'ca-certificates': {},
  'chrony': { '/usr/lib/systemd/system/chronyd.service': UNIT },
  'cloud-guest-utils': {},
  'cloud-init': {},
  'curl': {},
  'python': {},
  'qemu-guest-agent': { '/usr/lib/systemd/system/qemu-guest-agent.service': UNIT },
  'sudo': {},
};

/** A repository of pacman; `old` is installed and has an upgrade. What makes such repositories is not in Debian's package, so its index is written here. */
export async function archRepository(machine: Machine): Promise<void> {
  const make = (name: string, version: number, files: { readonly [file: string]: string }) => {
    const folder = `/srv/arch/source/${name}-${version}-1`;
    write(machine, `${folder}/.PKGINFO`, `pkgname = ${name}\npkgver = ${version}-1\npkgdesc = A stand-in\narch = any\nsize = 0\n`);
    for (const [file, content] of Object.entries(files)) write(machine, `${folder}${file}`, content);
    write(machine, `/srv/arch/index/${name}-${version}-1/desc`, Object.entries({
      FILENAME: `${name}-${version}-1-any.pkg.tar.gz`, NAME: name, VERSION: `${version}-1`, DESC: 'A stand-in', CSIZE: '0', ISIZE: '0', ARCH: 'any',
    }).map(([field, value]) => `%${field}%\n${value}\n`).join('\n'));
  };
  for (const [name, files] of Object.entries(ARCH)) make(name, 1, files);
  make('old', 1, {});
  make('old', 2, {});
  write(machine, '/etc/pacman.conf', '[options]\nArchitecture = auto\nSigLevel = Never\n[core]\nServer = file:///srv/arch/packages\n');
  write(machine, '/usr/lib/systemd/system/systemd-timesyncd.service', UNIT); // in Arch a part of systemd
  // A keyring that is there; making one is not tried.
  write(machine, '/etc/pacman.d/gnupg/trustdb.gpg', '');
  await machine.inside(`
    rm -f /usr/lib/systemd/system/chronyd.service /usr/lib/systemd/system/qemu-guest-agent.service /etc/systemd/system/*.wants/chronyd.service /etc/systemd/system/*.wants/qemu-guest-agent.service
    systemctl --quiet enable systemd-timesyncd
    mkdir -p /srv/arch/packages /var/lib/pacman
    cd /srv/arch/source
    for one in *; do (cd $one && tar -czf ../../packages/$one-any.pkg.tar.gz .PKGINFO $(ls)); done
    cd ../index
    tar -czf ../packages/core.db --exclude=old-2-1 *
    touch --date='1 hour ago' ../packages/core.db # pacman fetches what is newer by a second at least
    pacman --sync --refresh --noconfirm old >/dev/null
    tar -czf ../packages/core.db --exclude=old-1-1 *`);
}
