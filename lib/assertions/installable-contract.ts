import { App, TerraformStack } from 'cdktf';
import { Problems, ValidationError } from '../core';
import { AnswerDelivery, GuestShell, IInstallable, InstallationConfig, InstallationRequest, RemoteAccess, bindInstallation } from '../guest-os';
import { GoldenImage, InstallationIso, IsoTemplate, IsoTemplateProps, ProvisioningProfile } from '../image';
import { Template } from '../packer';
import { ProxmoxVe } from '../proxmox';
import { VirtualMachine } from '../vm';
import { IContractCheck, checkGeneralizeScript, expectEqual } from './contract';
import { SynthesizedStack } from './synthesized-stack';

const MOST_KEYS = 150;
/** What may stand in the place of what Packer fills in. */
const FILLED_IN: { readonly [name: string]: string } = { '.HTTPIP': '255.255.255.255', '.HTTPPort': '65535' };
const DELIVERIES = [AnswerDelivery.CD, AnswerDelivery.HTTP];
/** A password as crypt() keeps it: nobody but Packer makes one. */
const HASH = /\$(?:1|5|6|y|gy|7|2[abxy])\$[./A-Za-z0-9$=,]{20,}/;

/** What a user may ask for, as far from the ordinary as it is allowed. */
const ASKED: Partial<InstallationRequest>[] = [
  { locale: 'de_AT', keyboardLayout: 'de-latin1-nodeadkeys', timeZone: 'Europe/Vienna' },
  { locale: 'pt_BR', keyboardLayout: 'br-abnt2', timeZone: 'America/Argentina/Buenos_Aires' },
  { locale: 'fil_PH', keyboardLayout: 'dvorak', timeZone: 'Etc/GMT+12' },
  { locale: 'zh_CN', keyboardLayout: 'cz-us-qwertz', timeZone: 'Asia/Ust-Nera' },
  { buildUser: 'b_', hostName: 'a' },
  { buildUser: 'user-with_20_letters', hostName: `${'a-'.repeat(31)}1` },
];

/**
 * What every operating system that is installed from an ISO has to keep, the library's own and a user's alike.
 *
 *     describe('Tiny', () => {
 *       for (const check of new InstallableContract(new Tiny()).checks) {
 *         test(check.name, () => check.run());
 *       }
 *     });
 */
export class InstallableContract {
  /**
   * @param operatingSystem what is checked
   */
  public constructor(private readonly operatingSystem: IInstallable) {}

  /** The checks, in an order in which the first that fails says most. */
  public get checks(): IContractCheck[] {
    return [
      { name: 'says how it is installed', run: () => this.checkInstallation() },
      { name: 'names ISOs that never change, with their checksums', run: () => this.checkIsos() },
      { name: 'delivers its answer file as it is asked to, where it can', run: () => this.checkDeliveries() },
      { name: 'answers the same whenever it is asked', run: () => this.checkStable() },
      { name: 'lets the build user in, by what Packer makes for the one build', run: () => this.checkLogin() },
      { name: 'puts secrets into its answer files as they are, and keeps none of its own', run: () => this.checkSecrets() },
      { name: 'types a boot command that can be typed, of at most 150 keys', run: () => this.checkKeys() },
      { name: 'has a script that removes identity, where it does not use the shipped one', run: () => checkGeneralizeScript(this.operatingSystem.guestSetup) },
      { name: 'takes any language, keyboard, time zone and name, or refuses it by a rule', run: () => this.checkAsked() },
      { name: 'becomes a template, a golden image and a machine', run: () => this.checkStory() },
      { name: 'is written the same twice', run: () => this.checkDeterminism() },
    ];
  }

  private checkInstallation(): void {
    const problems = new Problems(this.operatingSystem.osName);
    bindInstallation(this.operatingSystem, request(), problems);
    problems.throwIfAny();
  }

  private checkIsos(): void {
    const { iso, additionalIsos = [] } = this.bind();
    const problems = new Problems(this.operatingSystem.osName);
    problems.collect('iso', () => InstallationIso.fromUrl(iso));
    additionalIsos.forEach((one, i) => problems.collect(`additionalIsos[${i}]`, () => InstallationIso.fromUrl(one)));
    problems.throwIfAny();
  }

  private checkDeliveries(): void {
    const { answerDelivery } = this.bind();
    if (!this.deliveries.includes(answerDelivery)) {
      throw new Error(`It delivers its answer file by ${answerDelivery}, and not when it is asked to.`);
    }
    for (const delivery of this.deliveries) this.make({ answerDelivery: delivery });
  }

  private checkStable(): void {
    const { osName, osType, guestSetup } = this.operatingSystem;
    const ask = () => {
      const installation = this.bind();
      const template = new Template({ name: 'contract' });
      return JSON.stringify([osName, osType.name, guestSetup, { ...installation, provisioners: installation.provisioners?.map((one) => one.bind(template)) }]);
    };
    expectEqual(ask(), ask(), 'osName, guestSetup and bindInstallation()');
  }

  private checkLogin(): void {
    for (const answerDelivery of this.deliveries) {
      const asked = request({ answerDelivery, buildUser: 'user-of-contract' });
      const text = textsOf(this.operatingSystem.bindInstallation(asked));
      if (!text.includes(asked.buildUser)) throw new Error(`No answer file names the build user (by ${answerDelivery}).`);
      if (![asked.buildPasswordHash, asked.buildPassword].some((secret) => text.includes(secret))) {
        throw new Error(`No answer file has the hash of the build user's password, or the password (by ${answerDelivery}).`);
      }
    }
  }

  private checkSecrets(): void {
    for (const answerDelivery of this.deliveries) {
      const [one, two] = [request({ answerDelivery }), request({
        answerDelivery, buildPassword: '00000000-ffff-4fff-8fff-000000000000', buildPasswordHash: `$2b$10$${'Z'.repeat(53)}`,
      })];
      const [installation, other] = [one, two].map((asked) => this.operatingSystem.bindInstallation(asked));
      const blank = ({ answerFiles }: InstallationConfig, { buildPassword, buildPasswordHash }: InstallationRequest) => JSON.stringify(
        Object.entries(answerFiles).map(([name, text]) => [name, text.replaceAll(buildPasswordHash, '<hash>').replaceAll(buildPassword, '<password>')]),
      );
      expectEqual(blank(installation, one), blank(other, two), 'the answer files but for the two secrets, which are put in as they are');
      const own = HASH.exec(blank(installation, one));
      if (own !== null) throw new Error(`An answer file has the hash of a password of its own: ${own[0].slice(0, 8)}…`);
      if (this.operatingSystem.guestSetup.shell !== GuestShell.POWERSHELL && textsOf(installation).includes(one.buildPassword)) {
        throw new Error('An answer file has the password itself, where its hash is what it takes.');
      }
      const { bootCommand = [] } = installation;
      if ([one.buildPassword, one.buildPasswordHash].some((secret) => bootCommand.join('').includes(secret))) {
        throw new Error('The boot command types a secret: the log of Proxmox VE has every key.');
      }
    }
  }

  private checkKeys(): void {
    for (const answerDelivery of this.deliveries) {
      const { bootCommand = [] } = this.bind({ answerDelivery });
      this.make({ answerDelivery });
      const keys = keysOf(bootCommand);
      if (keys > MOST_KEYS) throw new Error(`The boot command has ${keys} keys, which is more than ${MOST_KEYS} (by ${answerDelivery}).`);
    }
  }

  private checkAsked(): void {
    for (const asked of ASKED) {
      const installation = this.unlessRefused(asked);
      if (installation === undefined) continue;
      const all = request(asked);
      const text = textsOf(installation);
      if (!text.includes(all.buildUser)) throw new Error(`No answer file names the build user ${all.buildUser}.`);
      const { locale, keyboardLayout, timeZone, buildUser } = all;
      this.make({ locale, keyboardLayout, timeZone, buildUser, templateName: all.hostName });
    }
  }

  private checkStory(): void {
    const installation = this.bind();
    const written = this.write({ secureBoot: installation.supportsSecureBoot });
    const [source] = Object.values<any>(written.packerTemplate('base').source['proxmox-iso']);
    expectEqual(source.boot_iso.iso_url, installation.iso.url, 'the address of the ISO');
    const { checksum, checksumList } = installation.iso;
    expectEqual(source.boot_iso.iso_checksum, checksum?.toString() ?? `file:${checksumList}`, 'the checksum of the ISO');
    const machines = Object.values<any>(written.configuration.resource.proxmox_virtual_environment_vm).map(({ clone }) => clone[0].vm_id).sort().join(', ');
    expectEqual(machines, this.hasImages ? '9001, 9101' : '9001', 'the templates that are cloned');
  }

  private checkDeterminism(): void {
    expectEqual(JSON.stringify(this.write().files), JSON.stringify(this.write().files), 'the files');
  }

  /** Whether golden images are made of it: they are reached by SSH. */
  private get hasImages(): boolean {
    return this.bind().remoteAccess !== RemoteAccess.WINRM;
  }

  /** The ways in which it delivers its answer file when it is asked to. */
  private get deliveries(): AnswerDelivery[] {
    return DELIVERIES.filter((answerDelivery) => this.unlessRefused({ answerDelivery })?.answerDelivery === answerDelivery);
  }

  private bind(asked: Partial<InstallationRequest> = {}): InstallationConfig {
    return this.operatingSystem.bindInstallation(request(asked));
  }

  private unlessRefused(asked: Partial<InstallationRequest>): InstallationConfig | undefined {
    try {
      return this.bind(asked);
    } catch (error) {
      if (error instanceof ValidationError) return undefined;
      throw error;
    }
  }

  /** A template, which is not written: what is wrong with it is said before. */
  private make(props: Partial<IsoTemplateProps> = {}, stack: TerraformStack = new TerraformStack(new App(), 'test')): IsoTemplate {
    new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });
    return new IsoTemplate(stack, 'Base', { operatingSystem: this.operatingSystem, vmId: 9001, profile: ProvisioningProfile.minimal(), ...props });
  }

  private write(props: Partial<IsoTemplateProps> = {}): SynthesizedStack {
    return SynthesizedStack.of({
      define: (stack) => {
        const template = this.make(props, stack);
        new VirtualMachine(stack, 'Machine', { template });
        if (!this.hasImages) return;
        const golden = new GoldenImage(stack, 'Golden', { baseTemplate: template, vmId: 9101, profile: ProvisioningProfile.minimal() });
        new VirtualMachine(stack, 'Web', { template: golden });
      },
    });
  }
}

/** What a template asks for where its user says nothing. */
function request(asked: Partial<InstallationRequest> = {}): InstallationRequest {
  return {
    hostName: 'build-contract',
    buildUser: 'packer',
    buildPassword: '12345678-9abc-4def-8012-3456789abcde',
    buildPasswordHash: `$2b$10$${'abcdefghijklmnopqrstu'}${'v'.repeat(32)}`,
    locale: 'en_US',
    keyboardLayout: 'us',
    timeZone: 'UTC',
    diskSlot: 'scsi0',
    ...asked,
  };
}

function textsOf({ answerFiles }: InstallationConfig): string {
  return Object.values(answerFiles).join('\n');
}

/** How many keys a boot command has, waits aside. */
function keysOf(bootCommand: string[]): number {
  const typed = bootCommand.join('').replace(/\{\{\s*(\S+)\s*\}\}/g, (whole, name: string) => FILLED_IN[name] ?? whole);
  return typed.replace(/<wait[^>]*>/gi, '').replace(/<[A-Za-z][A-Za-z0-9]*>/g, ' ').length;
}
