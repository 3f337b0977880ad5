/** What the two simulations say differently, who is right, and why. */
export interface Difference {
  /** Method and path as in our tables; any if not said. */
  readonly endpoint?: RegExp;
  readonly parameter?: RegExp;
  readonly value?: RegExp;
  readonly ours?: RegExp;
  /** Of nothing said, the empty text. */
  readonly theirs?: RegExp;
  readonly right: 'we' | 'fakepve';
  readonly reason: string;
}

/** Of whole requests: another status. */
export const statusDifferences: readonly Difference[] = [
  {
    endpoint: /^GET (\/version|\/nodes|\/cluster\/(resources|status)|\/nodes\/\{node\}\/qemu(\/\{vmid\}\/(config|pending|status\/current|agent))?)$/,
    theirs: /^200 /,
    right: 'we',
    reason: 'What it has written by hand is answered whatever the parameters are; RESTHandler.pm checks every request before its method is called.',
  },
  {
    endpoint: /^POST \/nodes\/\{node\}\/qemu\/\{vmid\}\/(status\/\w+|monitor)$/,
    theirs: /^(200 |500 VM 100 not running)/,
    right: 'we',
    reason: 'It looks at the machine before the parameters, or not at them at all; RESTHandler.pm checks them first.',
  },
  {
    endpoint: /^POST \/access\/ticket$/,
    theirs: /^401 /,
    right: 'we',
    reason: 'It looks at the password before the other parameters; RESTHandler.pm checks them first.',
  },
  {
    endpoint: /^(POST|PUT) \/cluster\/ha\/rules/,
    theirs: /^200 /,
    right: 'we',
    reason: 'Its schema is that of 9.2, in which rules are alternatives (oneOf); those it does not check.',
  },
  {
    endpoint: /^(POST|GET) \/nodes\/\{node\}\/qemu\/\{vmid\}\/(vncproxy|termproxy|vncwebsocket)$/,
    theirs: /^(200 |401 )/,
    right: 'we',
    reason: 'It looks at the ticket, or at nothing; RESTHandler.pm checks the parameters first.',
  },
  { endpoint: /^GET \/$/, theirs: /^404 /, right: 'we', reason: 'It does not know the root of all paths.' },
  { endpoint: /\/upload$/, theirs: /^400 bad upload request/, right: 'we', reason: 'It wants a file before it looks at anything; AnyEvent.pm passes a form without one on.' },
  { endpoint: /\/download-url$/, theirs: /^500 internal error/, right: 'we', reason: 'It fails itself.' },
];

/** Of single parameters: other words. */
export const parameterDifferences: readonly Difference[] = [
  { parameter: /^timeframe$/, ours: /decade/, right: 'we', reason: 'Since 9 there is a decade among the time frames; it has those of 8.' },
  { value: /^$/, theirs: /^$|property is missing/, right: 'we', reason: 'It drops what is empty; in JSONSchema.pm what is empty is defined, and is checked.' },
  { ours: /^type check \('boolean'\) failed - got 'yes'/, theirs: /^$/, right: 'we', reason: 'JSONSchema.pm takes yes for a boolean in property strings only.' },
  { theirs: /only be 4096 characters long/, right: 'we', reason: 'A limit of its own.' },
  {
    parameter: /^agent$/,
    value: /^yes$/,
    right: 'fakepve',
    reason: 'Since 9.0.10 of pve-common yes is a boolean without its key, too; we take it only with the key, as 8.4.',
  },
  {
    parameter: /^(affinity|amd-sev|boot|cicustom|cpu|hostpci\d+|intel-tdx|nodes|prune-backups|sid|smbios1|startup|statusfilter|usb\d+)$/,
    ours: /^invalid format - /,
    theirs: /^$/,
    right: 'we',
    reason: 'Formats that the published schema names and does not spell out (cpu, hostpci, usb, smbios1, cicustom, HA resources …); it does not check them.',
  },
  { parameter: /^bootdisk$/, theirs: /regex pattern/, right: 'we', reason: 'The format pve-qm-bootdisk is checked before the pattern; it does not know the format.' },
  { endpoint: /\/storage/, parameter: /^content$/, value: /^none$/, right: 'we', reason: 'DirPlugin.pm has none among its kinds of content.' },
  { parameter: /^startup$/, value: /^,$/, right: 'we', reason: 'pve_parse_startup_order passes over empty parts, and finds nothing wrong.' },
  { parameter: /^(map|command)(\[0\])?$/, value: /^0$/, right: 'we', reason: 'RESTHandler.pm makes a list of one value only if the value is true.' },
  {
    endpoint: /^POST \/nodes\/\{node\}\/qemu\/\{vmid\}\/(status\/\w+|monitor)$/,
    theirs: /^$/,
    right: 'we',
    reason: 'It looks at what it uses, and at no other parameter; RESTHandler.pm checks every request.',
  },
  {
    theirs: /invalid key in comma-separated list property/,
    right: 'we',
    reason: 'parse_property_string means to say so, but the test that stands before it makes a schema of its own for the key (Perl\'s autovivification), so that '
      + 'the key is found later, with all else that is wrong; measured on 8.4.',
  },
  {
    endpoint: /\/access\/permissions$/,
    parameter: /^userid$/,
    right: 'we',
    reason: 'The pattern in the published schema is of a form that only Perl can read; it passes over it.',
  },
  {
    ours: /value '.*' does not have a value in the enumeration '.*glusterfs/s,
    right: 'fakepve',
    reason: 'GlusterFS is gone since 9; our table is that of 8.4, and both refuse to make one.',
  },
];
