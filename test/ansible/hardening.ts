import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Report } from '../support/report';
import { BUILD_USER, firstBoot, write } from './bake';
import { type Machine } from './machine';
import { play, type PlayResult } from './play';

/** Releases of which Debian's archive has a guide, by the version that the guide is for; the newest is for the release before. */
export const guides: { readonly [codename: string]: { readonly version: string; readonly content: string } } = {
  bookworm: { version: '11.9', content: '/usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml' },
};

const PROFILE = 'anssi_np_nt28_average';

/**
 * The real scanner with a real guide, as the build user who becomes root by sudo. The guide is the one of Debian, which says what it is for:
 * the machine claims to be of that release.
 */
export async function hardening(ansiblePlaybook: string, machine: Machine, guide: { version: string; content: string }, report: Report): Promise<void> {
  const reports = path.join(machine.folder, 'reports');
  const run = (variables: object): Promise<PlayResult> => play(ansiblePlaybook, machine, {
    user: BUILD_USER,
    playbook: path.join(__dirname, 'hardening.yml'),
    variables: { hardening_openscap_content: guide.content, hardening_openscap_profile: PROFILE, hardening_openscap_reports: reports, ...variables },
  });
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await run(variables);
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
  };
  await firstBoot(machine);
  // What newer releases of sudo do by themselves.
  write(machine, 'etc/sudoers.d/10-pty', 'Defaults use_pty\n', 0o440);
  await machine.inside('apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends openscap-scanner ssg-debian python3-apt >/dev/null');
  const packages = () => machine.inside('dpkg-query -W');
  const state = async () => [await packages(), await machine.inside('cat /etc/ssh/sshd_config; ls /var/tmp')];

  const untouched = await state();
  await refuse('a distribution without a guide of its own', { hardening_openscap_content: '' }, /has no content for Debian, only for AlmaLinux, CentOS, Fedora/);
  await refuse('a score that is none', { hardening_openscap_minimum_score: 101 }, /hardening_openscap_minimum_score is from 0 to 100 \(101(\.0)?\)/);
  await refuse('a profile that the content does not have', { hardening_openscap_profile: 'cis_server_l1' }, /does not have the profile cis_server_l1\. It has: anssi_np_nt28_average, .*standard/);
  await refuse('content for another release', {}, /No rule of .*ssg-debian11-ds\.xml applies to Debian 12/);
  report.equal('nothing is left by what was refused', await state(), untouched);

  await machine.inside('DEBIAN_FRONTEND=noninteractive apt-get remove -qq -y --auto-remove openscap-scanner >/dev/null');
  const before = await packages();
  write(machine, 'etc/debian_version', `${guide.version}\n`);
  const first = await run({ hardening_openscap_minimum_score: 99, hardening_openscap_report_name: 'low' });
  report.match('a score that is too low fails', first.status === 0 ? 'it was accepted' : first.output.replace(/\s+/g, ' '), /The score of anssi_np_nt28_average is \d+\.\d and should be at least 99/);
  report.equal('the one change is what was put right', first.changed, ['hardening_openscap : Put right what fails']);
  report.match('it is put right', machine.read('/etc/ssh/sshd_config') ?? '', /^PermitEmptyPasswords no$/m);
  report.match('and said', first.output, /put right: .*sshd_disable_empty_passwords/);
  report.equal('the reports are here', fs.readdirSync(reports).sort(), ['low-before.html', 'low.arf.xml', 'low.html']);
  const arf = fs.readFileSync(path.join(reports, 'low.arf.xml'), 'utf8');
  report.match('with the verdict after it was put right', arf, /<rule-result idref="xccdf_org\.ssgproject\.content_rule_sshd_disable_empty_passwords"(?:(?!<\/rule-result>)[^])*<result>pass</);
  report.equal('reports for people are pages', ['low.html', 'low-before.html'].map((name) => /<html/.test(fs.readFileSync(path.join(reports, name), 'utf8'))), [true, true]);
  report.equal('the scanner is gone again, with what it brought', [await packages(), machine.list('/var/tmp')], [before, ['.hidden-left-by-a-role']]);

  const sudoers = machine.read('/etc/sudoers.d/90-cloud-init-users')!;
  const enforced = await run({ hardening_openscap_conflicts: [] });
  report.match('without the list of conflicts the build user loses its rights', enforced.status === 0 ? 'it went on' : enforced.output, /sudo: a password is required|Missing sudo password/);
  write(machine, 'etc/sudoers.d/90-cloud-init-users', sudoers, 0o440);
  const last = await run({ hardening_openscap_minimum_score: 40, cleanup_build_user: BUILD_USER, cleanup_trim: false });
  report.match('with it, and a score that is high enough, the build goes on to its end', last.status === 0 ? last.recap : last.output, /unreachable=0 +failed=0 /);
  report.equal('there was nothing left to put right', last.changed, ['cleanup : Generalize the machine and remove the build user']);
  report.equal('reports are named after machine and profile', fs.readdirSync(reports).filter((name) => !name.startsWith('low')).sort(),
    [`default-${PROFILE}-before.html`, `default-${PROFILE}.arf.xml`, `default-${PROFILE}.html`]);
  report.equal('and the build user is gone', (await machine.inside(`id ${BUILD_USER} 2>/dev/null || echo gone`)).trim(), 'gone');
}
