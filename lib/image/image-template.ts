import { Asset, assetHash, contentHash, packageFile } from '../assembly';
import { Duration, Problems, Secret, SecretSource } from '../core';
import { GuestSetup, GuestShell, PrivilegeEscalation } from '../guest-os';
import { Body, Expression, HclRenderer, JsonRenderer } from '../hcl';
import * as packer from '../packer';
import { ProxmoxVe, VmHardware } from '../proxmox';
import { ImageAccess, ansibleProvisioner } from './ansible-provisioner';
import { ansibleVariables, windowsVariables } from './ansible-variables';
import { checkGuestProvisioner } from './guest-provisioners';
import { renderReadme } from './image-readme';
import { roleAssets, shippedFiles } from './image-roles';
import { LocalFiles, inFiles } from './local-files';
import { ProvisioningProfile } from './provisioning-profile';

/** What the Packer template of every image is made of; all of it is checked. */
export interface ImageTemplateProps {
  readonly path: string;
  readonly proxmoxVe: ProxmoxVe;
  readonly nodeName: string;
  readonly hardware: VmHardware;
  readonly osName: string;
  readonly guestSetup: GuestSetup;
  readonly vmId: number;
  readonly templateName: string;
  readonly buildName: string;
  readonly tags: string[];
  readonly buildUser: string;
  readonly hasK3s: boolean;
  readonly profile: ProvisioningProfile;
  readonly taskTimeout: Duration;
  readonly version?: string;
  readonly variables: packer.Variable[];
}

/** What an image is made of. */
export interface ImageOrigin {
  /** Heading of it for people, such as `Golden image`. */
  readonly kind: string;
  /** How it came about, such as `baked from ubuntu-base`. */
  readonly made: string;
  /** Hash over what is not in the Packer template. */
  readonly contentHash: string;
  /** What the manifest says of it. */
  readonly manifest: { readonly [name: string]: string };
}

/** What a deploy has to know of a build before it begins. */
export interface BuildNeeds {
  /** Id of the template that is cloned; null where none is, or where only Terraform knows it. */
  readonly baseVmId: number | null;
  /** Storage to which Packer uploads ISOs; null where it uploads none. */
  readonly isoStorage: string | null;
  /** Storage to which the node downloads ISOs; null where it downloads none. */
  readonly downloadStorage: string | null;
  /** Storages that have an ISO already. */
  readonly readStorages: string[];
  /** What a build must be allowed to with its machine, beside what all builds must. */
  readonly privileges: string[];
  /** Whether the guest agent is asked for the address. */
  readonly usesAgent: boolean;
}

/** How Packer logs in to Proxmox VE. */
interface PackerLogin {
  readonly username: string;
  readonly token?: string;
  readonly password?: string;
}

/** What a person has to know before a build. */
export interface BuildGuidance {
  /** Whence the image comes, as the first sentence of its README. */
  readonly summary: string;
  /** How Packer reaches the machine. */
  readonly reach: string;
}

/** Where the server and this machine are reached, and who logs in, does not change what is in an image. */
const LOGIN = [
  'proxmox_url', 'insecure_skip_tls_verify', 'username', 'password', 'token', 'http_bind_address', 'http_interface', 'http_port_min', 'http_port_max',
];
const SECRET_LOCAL = 'proxmox_secret';
const MINIMAL = 'Profile minimal: what a template needs, and nothing more.';

/** A Packer template before it is written in one of the two forms. */
interface PackerDocument {
  readonly template: packer.Template;
  readonly body: Body;
}

/** The Packer template of an image, and the files it needs. */
export abstract class ImageTemplate {
  /** What the image is made of. */
  public abstract readonly origin: ImageOrigin;
  /** What a deploy has to know before it begins. */
  public abstract readonly needs: BuildNeeds;
  /** What a person has to know before a build. */
  public abstract readonly guidance: BuildGuidance;
  /** Type of the source. */
  protected abstract readonly builderType: string;
  /** How Packer logs in to the machine. */
  public abstract readonly access: ImageAccess;
  private readonly provisioners: packer.IProvisioner[] = [];
  private readonly overrides: { readonly path: string; readonly value: any }[] = [];
  private readonly files = new LocalFiles();
  private readonly generalizeScript: string;
  private assetHashes?: string[];

  protected constructor(public readonly props: ImageTemplateProps) {
    const { generalizeScript } = props.guestSetup;
    const shipped = ['roles', 'cleanup', 'files', 'generalize.sh'];
    if (props.profile.standard !== undefined) {
      const asked = this.renderAnsibleVariables()?.image_roles_after ?? [];
      for (const name of shippedFiles(this.usesPowerShell, asked)) {
        this.files.add(packageFile('ansible', ...name.split('/')), `ansible/${name}`);
      }
      const { rolesBefore = [], rolesAfter = [] } = props.profile.standard;
      roleAssets([...rolesBefore, ...rolesAfter]).forEach(({ source, target }) => this.files.add(source, target));
    }
    this.generalizeScript = props.profile.standard !== undefined && generalizeScript === undefined
      ? inFiles(['ansible', ...shipped].join('/'))
      : this.files.add(generalizeScript ?? packageFile('ansible', ...shipped), this.usesPowerShell ? 'generalize.ps1' : 'generalize.sh');
  }

  /** Adds what is done to the image. */
  public addProvisioners(provisioners: packer.IProvisioner[]): void {
    this.provisioners.push(...provisioners);
    this.assetHashes = undefined;
  }

  /** Sets anything in the template. */
  public addOverride(path: string, value: any): void {
    this.overrides.push({ path, value });
  }

  /** Refuses what would not work. */
  public validate(): void {
    this.createDocument('');
  }

  /** Hash over the template, its files and the content of the base. */
  public get contentHash(): string {
    const content = JSON.parse(new JsonRenderer().render(this.createDocument('').body));
    for (const source of Object.values<any>(content.source?.[this.builderType] ?? {})) {
      LOGIN.forEach((name) => delete source[name]);
    }
    delete content.variable?.[this.props.proxmoxVe.credentials.secret.reference];
    delete content.local?.[SECRET_LOCAL];
    this.assetHashes ??= this.files.assets.map(assetHash);
    return contentHash(this.origin.contentHash, JSON.stringify(content), ...this.assetHashes, JSON.stringify(this.renderAnsibleVariables() ?? {}));
  }

  /** The template in both forms, with its files. */
  public render(): { readonly assets: Asset[]; readonly files: { readonly [path: string]: string } } {
    const { props } = this;
    this.assetHashes = undefined; // files may have changed since the hash was asked for
    const { template, body } = this.createDocument(this.contentHash);
    const name = props.templateName;
    const variables = this.renderAnsibleVariables();
    return {
      assets: this.files.assets,
      files: {
        [`hcl/${name}.pkr.hcl`]: new HclRenderer().render(body),
        [`json/${name}.pkr.json`]: new JsonRenderer().render(body),
        ...(variables === undefined ? {} : { 'files/ansible-variables.json': `${JSON.stringify(variables, null, 2)}\n` }),
        'README.md': renderReadme(this, template),
      },
    };
  }

  /** Mistakes in its parts are those of the image. */
  private createDocument(hash: string): PackerDocument {
    const problems = new Problems(this.props.path);
    const document = problems.collect('', () => {
      const template = this.createTemplate(hash, problems);
      return problems.all.length > 0 ? undefined : { template, body: template.toBody() };
    }, (own) => this.propertyOf(own));
    problems.throwIfAny();
    return document!;
  }

  private createTemplate(hash: string, problems: Problems): packer.Template {
    const { props } = this;
    const template = new packer.Template({
      name: props.templateName,
      comment: `${this.origin.kind} ${props.templateName}: ${props.osName}, ${this.origin.made}. Written by proxmox-constructs for ${props.path}.`,
    });
    props.variables.forEach((variable) => template.addVariable(variable));
    const commit = template.addVariable(new packer.Variable('commit', {
      description: 'Commit of the program that describes the image, for the manifest.', default: '',
    }));
    const login = this.addLogin(template);
    const contentHashLocal = template.addLocal('content_hash', hash);
    template.addSource(this.createSource(template, this.commonAttributes(login, contentHashLocal)));
    template.addProvisioners(
      ...this.bindProvisioners('operatingSystem.provisioners', this.firstProvisioners(), template, problems),
      ...this.profileProvisioners(),
      ...this.bindProvisioners('provisioners', this.provisioners, template, problems),
      this.generalize(),
    );
    template.addPostProcessors(packer.PostProcessor.manifest({
      output: `${Expression.reference('path.root')}/../manifest.json`,
      stripPath: true,
      customData: {
        image: props.templateName,
        version: props.version ?? hash.slice(0, 12),
        content_hash: `${contentHashLocal}`,
        ...this.origin.manifest,
        node: props.nodeName,
        commit: `${commit}`,
      },
    }));
    this.overrides.forEach(({ path, value }) => template.addOverride(path, value));
    return template;
  }

  private bindProvisioners(property: string, provisioners: packer.IProvisioner[], template: packer.Template, problems: Problems): packer.IProvisioner[] {
    return provisioners.flatMap((provisioner, i) => {
      const config = problems.collect(`${property}[${i}]`, () => {
        const own = new Problems(this.props.path);
        const bound = provisioner.bind(template);
        checkGuestProvisioner(bound, this.props.guestSetup.shell, own);
        const localized = this.files.localize(bound, own);
        own.throwIfAny();
        return localized;
      });
      return config === undefined ? [] : [{ bind: () => config }];
    });
  }

  /** What a property of the source is called by whoever describes the image. */
  protected propertyOf(own: string): string {
    return own;
  }

  /** How Packer logs in to Proxmox VE: by the same one secret as Terraform. */
  private addLogin(template: packer.Template): PackerLogin {
    const { user, secret } = this.props.proxmoxVe.credentials;
    const value = this.addSecret(template, secret);
    if (user !== undefined) return { username: user, password: `${value}` };
    // The provider takes the token whole, the plugin in its two parts. They are not locals of their own: Packer masks secrets in no fixed
    // order, and one that is part of another would leave the rest of the other in sight.
    const part = (index: number) => `${Expression.raw(`element(split("=", ${value.text}), ${index})`)}`;
    return { username: part(0), token: part(1) };
  }

  private addSecret(template: packer.Template, secret: Secret): Expression {
    if (secret.source === SecretSource.FILE) {
      const content = Expression.call('trimspace', Expression.call('file', Expression.call('pathexpand', secret.reference)));
      return template.addLocal(SECRET_LOCAL, content, { sensitive: true });
    }
    const isToken = this.props.proxmoxVe.credentials.isApiToken;
    return template.addVariable(new packer.Variable(secret.reference, {
      description: `${isToken ? 'API token for Proxmox VE, user@realm!name=uuid' : 'Password for Proxmox VE'}. Given as PKR_VAR_${secret.reference}.`,
      sensitive: true,
      validations: isToken ? [{
        condition: Expression.raw(`can(regex("^[^\\\\s=]+@[^\\\\s=]+![^\\\\s=]+=[0-9a-fA-F-]+$", var.${secret.reference}))`),
        errorMessage: 'The API token is written user@realm!name=uuid.',
      }] : undefined,
    })).expression;
  }

  /** What is done with the machine before all else. */
  protected firstProvisioners(): packer.IProvisioner[] {
    return [];
  }

  /** What is built, of the attributes that all images have and those of its own. */
  protected abstract createSource(template: packer.Template, attributes: Omit<packer.ProxmoxSourceProps, 'communicator'>): packer.Source;

  /** Adds the password that exists while Packer runs, and nowhere else. */
  protected addBuildPassword(template: packer.Template): Expression {
    return template.addLocal('build_password', Expression.call('uuidv4'), { sensitive: true });
  }

  /** Name of the source. */
  protected get sourceName(): string {
    return this.props.templateName.replace(/[^a-zA-Z0-9_-]/g, '-').replace(/^(\d)/, '_$1');
  }

  private commonAttributes(login: PackerLogin, hash: Expression): Omit<packer.ProxmoxSourceProps, 'communicator'> {
    const { props } = this;
    const { hardware, proxmoxVe } = props;
    return {
      proxmoxUrl: `${proxmoxVe.endpoint}/api2/json`,
      ...login,
      insecureSkipTlsVerify: proxmoxVe.insecure ? true : undefined,
      node: props.nodeName,
      pool: proxmoxVe.pool,
      taskTimeout: props.taskTimeout,
      vmId: props.vmId,
      vmName: props.buildName,
      templateName: props.templateName,
      templateDescription: `${props.templateName} ${props.version ?? ''}`.trim() + `: ${props.osName}, ${this.origin.made}. Content ${hash}`,
      tags: props.tags,
      bios: hardware.bios,
      machine: hardware.machine,
      os: hardware.osType,
      cpuType: hardware.cpuType,
      cores: hardware.cores,
      sockets: hardware.sockets,
      numa: false,
      memory: hardware.memory,
      ballooningMinimum: hardware.minimumMemory,
      scsiController: hardware.scsiController,
      bootOrder: [hardware.disks[0].slot],
      onBoot: false,
      qemuAgent: true,
      serials: hardware.serialConsole ? ['socket'] : undefined,
      vga: { type: hardware.vga },
      networkAdapters: hardware.networkDevices.map((device) => ({
        bridge: device.bridge, model: device.model, vlanTag: device.vlanTag, firewall: device.firewall, mtu: device.mtu, macAddress: device.macAddress,
      })),
      cloudInit: true,
      cloudInitStoragePool: hardware.disks[0].storage,
      cloudInitDiskType: packer.CloudInitBus.SCSI,
      cloudInitDisableUpgradePackages: true,
    };
  }

  private profileProvisioners(): packer.IProvisioner[] {
    const { props } = this;
    if (props.profile.standard === undefined && this.usesPowerShell) {
      if (props.guestSetup.installAgent.length === 0) return [];
      return [packer.Provisioner.powerShell({ name: 'guest agent and cloud-init', comment: MINIMAL, inline: props.guestSetup.installAgent })];
    }
    if (props.profile.standard === undefined) {
      return [packer.Provisioner.shell({
        name: 'guest agent and cloud-init',
        comment: MINIMAL,
        inline: ['cloud-init status --wait >/dev/null || [ "$?" -eq 2 ]', ...props.guestSetup.installAgent],
        executeCommand: this.asRoot(),
      })];
    }
    return [ansibleProvisioner(props.profile.standard, props.buildUser, this.usesPowerShell, this.access)];
  }

  private generalize(): packer.IProvisioner {
    const common = {
      name: 'generalize',
      comment: `Always last: removes all that makes the machine itself, and the user ${this.props.buildUser} that Packer is logged in as.`,
      scripts: [this.generalizeScript],
      environment: { BUILD_USER: this.props.buildUser },
      skipClean: true,
    };
    if (this.usesPowerShell) return packer.Provisioner.powerShell(common);
    return packer.Provisioner.shellScript({ ...common, executeCommand: this.asRoot() });
  }

  private get usesPowerShell(): boolean {
    return this.props.guestSetup.shell === GuestShell.POWERSHELL;
  }

  /** `{{ .Vars }}` and `{{ .Path }}` are filled in by the provisioner. */
  private asRoot(): string {
    const root = this.props.guestSetup.privilegeEscalation === PrivilegeEscalation.DOAS ? 'doas' : 'sudo -n';
    return `chmod +x {{ .Path }}; ${root} env {{ .Vars }} {{ .Path }}`;
  }

  private renderAnsibleVariables(): { [name: string]: any } | undefined {
    const { standard } = this.props.profile;
    if (standard === undefined) return undefined;
    return this.usesPowerShell ? windowsVariables(standard) : ansibleVariables(standard, this.props.buildUser, this.props.hasK3s);
  }
}
