import { TerraformStack } from 'cdktf';
import { IsoTemplate, IsoTemplateProps, ProvisioningProfile, guestos } from '../../lib';
import { meantTimeZones } from '../../lib/guest-os/time-zones';
import { expectError, mistakes } from '../support/errors';
import { stackWithCluster } from '../support/fixtures';
import { Tiny } from '../support/installable';

const MINIMAL = { vmId: 9001, operatingSystem: new Tiny(), profile: ProvisioningProfile.minimal() };

function make(props: Partial<IsoTemplateProps>, stack: TerraformStack = stackWithCluster(), id: string = 'Base'): IsoTemplate {
  return new IsoTemplate(stack, id, { ...MINIMAL, ...props });
}

test.each(['at_DE', 'de_XX', 'no_NO', 'sr_BA', 'toString_US'])('no locale of glibc: %s', (locale) => {
  expect(mistakes(() => make({ locale }))).toEqual([`locale-form locale "${locale}"`]);
});

test.each(['zz', 'gb', 'se', 'sv', 'de-ch', 'de-nodeadkeys', 'cz', 'ca', 'defkeymap', 'constructor', '__proto__'])('no layout of every console: %s', (keyboardLayout) => {
  expect(mistakes(() => make({ keyboardLayout }))).toEqual([`keyboard-layout-form keyboardLayout "${keyboardLayout}"`]);
});

test.each([
  'America/New_york', 'US/Eastern', 'Europe/Kiev', 'Asia/Calcutta', 'Asia/Rangoon', 'EST5EDT', 'GMT', 'Etc/GMT+13', 'Etc/Zulu', 'constructor',
])('no time zone of today: %s', (timeZone) => {
  expect(mistakes(() => make({ timeZone }))).toEqual([`time-zone-form timeZone "${timeZone}"`]);
});

test.each([
  [{ timeZone: 'America/New_york' }, 'Write it as America/New_York.'],
  [{ timeZone: 'us/eastern' }, 'Write it as America/New_York.'],
  [{ timeZone: 'Europe/Kiev' }, 'Write it as Europe/Kyiv.'],
  [{ timeZone: 'America/Coral_Harbour' }, 'Write it as America/Atikokan.'],
  [{ timeZone: 'utc' }, 'Write it as UTC.'],
  [{ timeZone: 'Mars/Olympus' }, 'Write it as UTC or Europe/Vienna.'],
  [{ locale: 'de_XX' }, 'Write it as de_AT, de_BE, de_CH, de_DE, de_IT, de_LI or de_LU.'],
  [{ locale: 'at_DE' }, 'Write it as en_US or de_AT.'],
  [{ keyboardLayout: 'gb' }, 'Write it as uk.'],
  [{ keyboardLayout: 'US' }, 'Write it as us.'],
  [{ keyboardLayout: 'de-nodeadkeys' }, 'Write it as de-latin1-nodeadkeys.'],
  [{ keyboardLayout: 'de-ch' }, 'Write it as de_CH-latin1, de, de-latin1 or de-latin1-nodeadkeys.'],
  [{ keyboardLayout: 'cz' }, 'Write it as cz-us-qwertz.'],
  [{ keyboardLayout: 'zz' }, 'Write it as us, uk or de-latin1.'],
])('of %j the remedy names what is meant', (props, text) => {
  expect(expectError(() => make(props)).problems.map(({ remedy }) => remedy)).toEqual([text]);
});

test.each([guestos.Ubuntu.V24_04, guestos.Debian.V13, guestos.AlmaLinux.V9, guestos.Arch.V20260715])('every system takes what is no mistake', (os) => {
  const stack = stackWithCluster();
  const layouts = ['jp106', 'hu101', 'nl2', 'pl2', 'de_CH-latin1', 'de-latin1-nodeadkeys', 'lt.l4', 'tj_alt-UTF8', 'bg_bds-utf8', 'ro_std'];
  layouts.forEach((keyboardLayout, i) => make({ operatingSystem: os, vmId: 9001 + i, keyboardLayout }, stack, `k${i}`));
  const zones = ['UTC', 'Etc/UTC', 'Etc/GMT', 'Etc/GMT+12', 'Etc/GMT-14', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'America/Vancouver', 'Antarctica/Troll'];
  zones.forEach((timeZone, i) => make({ operatingSystem: os, vmId: 9021 + i, timeZone }, stack, `z${i}`));
  const locales = ['en_US', 'de_AT', 'fil_PH', 'nb_NO', 'ckb_IQ'];
  locales.forEach((locale, i) => make({ operatingSystem: os, vmId: 9041 + i, locale }, stack, `l${i}`));
  expect(stack.node.findAll().filter((construct) => construct instanceof IsoTemplate)).toHaveLength(24);
});

test('every time zone of the runtime is a name, or was one', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => meantTimeZones(name).length === 0)).toEqual([]);
});
