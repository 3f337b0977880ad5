import { Asset, assetHash, contentHash, packageFile } from '../assembly';
import { Duration, Problems, Secret, SecretSource } from '../core';
import { GuestSetup, PrivilegeEscalation } from '../guest-os';
import { Body, Expression, HclRenderer, JsonRenderer } from '../hcl';
import * as packer from '../packer';
import { ProxmoxVe, VmHardware } from '../proxmox';
import { ansibleVariables } from './ansible-variables';
import { FixedBuildAddressProps, BuildReach } from './build-address';
import { renderReadme } from './golden-image-readme';
import { LocalFiles, inFiles } from './local-files';
import { ProvisioningProfile } from './provisioning-profile';
import { renderSeed } from './seed';
import { IVmTemplate } from './vm-template';

/** What a golden image's Packer template is made of; all of it is checked. */
export interface GoldenImageTemplateProps {
  readonly path: string;
  readonly base: IVmTemplate;
  readonly proxmoxVe: ProxmoxVe;
  readonly hardware: VmHardware;
  readonly guestSetup: GuestSetup;
  readonly vmId: number;
  readonly templateName: string;
  readonly buildName: string;
  readonly tags: string[];
  readonly reach: BuildReach;
  readonly seedSlot?: string;
  readonly fixedAddress?: FixedBuildAddressProps;
  readonly buildUser: string;
  readonly profile: ProvisioningProfile;
  readonly bootTimeout: Duration;
  readonly taskTimeout: Duration;
  readonly version?: string;
  readonly variables: packer.Variable[];
}

/** Where the server is reached and who logs in does not change what is in an image. */
const LOGIN = ['proxmox_url', 'insecure_skip_tls_verify', 'username', 'password', 'token'];
const SECRET_LOCAL = 'proxmox_secret';

/** A Packer template before it is written in one of the two forms. */
interface PackerDocument {
  readonly template: packer.Template;
  readonly body: Body;
}

/** The Packer template of a golden image, and the files it needs. */
export class GoldenImageTemplate {
  private readonly provisioners: packer.IProvisioner[] = [];
  private readonly overrides: { readonly path: string; readonly value: any }[] = [];
  private readonly files = new LocalFiles();
  private readonly generalizeScript: string;
  private assetHashes?: string[];

  public constructor(public readonly props: GoldenImageTemplateProps) {
    const { generalizeScript } = props.guestSetup;
    const shipped = ['roles', 'cleanup', 'files', 'generalize.sh'];
    if (props.profile.standard !== undefined) {
      for (const name of ['playbook.yml', 'roles']) {
        this.files.add(packageFile('ansible', name), `ansible/${name}`);
      }
    }
    this.generalizeScript = props.profile.standard !== undefined && generalizeScript === undefined
      ? inFiles(['ansible', ...shipped].join('/'))
      : this.files.add(generalizeScript ?? packageFile('ansible', ...shipped), 'generalize.sh');
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
    for (const source of Object.values<any>(content.source?.[packer.ProxmoxCloneSource.BUILDER_TYPE] ?? {})) {
      LOGIN.forEach((name) => delete source[name]);
    }
    delete content.variable?.[this.props.proxmoxVe.credentials.secret.reference];
    delete content.local?.[SECRET_LOCAL];
    this.assetHashes ??= this.files.assets.map(assetHash);
    return contentHash(this.props.base.contentHash, JSON.stringify(content), ...this.assetHashes, JSON.stringify(this.renderAnsibleVariables() ?? {}));
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
        'README.md': renderReadme(props, template),
      },
    };
  }

  /** Mistakes in its parts are those of the image. */
  private createDocument(hash: string): PackerDocument {
    const problems = new Problems(this.props.path);
    const document = problems.collect('', () => {
      const template = this.createTemplate(hash, problems);
      return problems.all.length > 0 ? undefined : { template, body: template.toBody() };
    });
    problems.throwIfAny();
    return document!;
  }

  private createTemplate(hash: string, problems: Problems): packer.Template {
    const { props } = this;
    const template = new packer.Template({
      name: props.templateName,
      comment: `Golden image ${props.templateName}: ${props.base.guest.osName}, baked from ${props.base.templateName}. Written by proxmox-constructs for ${props.path}.`,
    });
    props.variables.forEach((variable) => template.addVariable(variable));
    const commit = template.addVariable(new packer.Variable('commit', {
      description: 'Commit of the program that describes the image, for the manifest.', default: '',
    }));
    const login = this.addLogin(template);
    const contentHashLocal = template.addLocal('content_hash', hash);
    template.addSource(this.createSource(template, login, contentHashLocal));
    template.addProvisioners(...this.profileProvisioners(), ...this.bindProvisioners(template, problems), this.generalize());
    template.addPostProcessors(packer.PostProcessor.manifest({
      output: `${Expression.reference('path.root')}/../manifest.json`,
      stripPath: true,
      customData: {
        image: props.templateName,
        version: props.version ?? hash.slice(0, 12),
        content_hash: `${contentHashLocal}`,
        base_template: props.base.templateName,
        base_content_hash: props.base.contentHash,
        node: props.base.nodeName,
        commit: `${commit}`,
      },
    }));
    this.overrides.forEach(({ path, value }) => template.addOverride(path, value));
    return template;
  }

  private bindProvisioners(template: packer.Template, problems: Problems): packer.IProvisioner[] {
    return this.provisioners.flatMap((provisioner, i) => {
      const config = problems.collect(`provisioners[${i}]`, () => {
        const own = new Problems(this.props.path);
        const localized = this.files.localize(provisioner.bind(template), own);
        own.throwIfAny();
        return localized;
      });
      return config === undefined ? [] : [{ bind: () => config }];
    });
  }

  /** How Packer logs in to Proxmox VE: by the same one secret as Terraform. */
  private addLogin(template: packer.Template): { readonly username: string; readonly token?: string; readonly password?: string } {
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

  private createSource(
    template: packer.Template, login: { readonly username: string; readonly token?: string; readonly password?: string }, hash: Expression,
  ): packer.Source {
    const { props } = this;
    const { hardware, base, proxmoxVe, reach } = props;
    const bakeable = (base as { readonly foundByName?: boolean }).foundByName;
    return new packer.ProxmoxCloneSource(props.templateName.replace(/[^a-zA-Z0-9_-]/g, '-').replace(/^(\d)/, '_$1'), {
      proxmoxUrl: `${proxmoxVe.endpoint}/api2/json`,
      ...login,
      insecureSkipTlsVerify: proxmoxVe.insecure ? true : undefined,
      node: base.nodeName,
      pool: proxmoxVe.pool,
      taskTimeout: props.taskTimeout,
      cloneVm: bakeable ? base.templateName : undefined,
      cloneVmId: bakeable ? undefined : base.vmId,
      fullClone: true,
      vmId: props.vmId,
      vmName: props.buildName,
      templateName: props.templateName,
      templateDescription: `${props.templateName} ${props.version ?? ''}`.trim() + `: ${base.guest.osName}, baked from ${base.templateName}. Content ${hash}`,
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
      ipConfigs: this.renderIpConfigs(reach),
      nameservers: props.fixedAddress?.dnsServers,
      additionalIsoFiles: reach === BuildReach.SEED ? [this.createSeed(template)] : undefined,
      communicator: packer.Communicator.ssh({
        username: props.buildUser,
        password: reach === BuildReach.SEED ? `${Expression.reference('local.build_password')}` : undefined,
        host: props.fixedAddress?.address.split('/')[0],
        timeout: props.bootTimeout,
        handshakeAttempts: 100,
      }),
    });
  }

  private renderIpConfigs(reach: BuildReach) {
    const { fixedAddress } = this.props;
    if (reach === BuildReach.SEED) return undefined;
    return [fixedAddress === undefined ? { ip: 'dhcp' } : { ip: fixedAddress.address, gateway: fixedAddress.gateway }];
  }

  /** The password exists while Packer runs, and nowhere else; the machine is told only its hash. */
  private createSeed(template: packer.Template): packer.IsoFile {
    const { props } = this;
    const password = template.addLocal('build_password', Expression.call('uuidv4'), { sensitive: true });
    const passwordHash = template.addLocal('build_password_hash', Expression.call('bcrypt', password), { sensitive: true });
    return packer.IsoFile.fromContent({
      bus: packer.IsoBus.SCSI,
      index: Number(props.seedSlot!.slice('scsi'.length)),
      storagePool: props.proxmoxVe.isoStorage,
      label: 'cidata',
      unmount: true,
      content: renderSeed({
        buildUser: props.buildUser, passwordHash: `${passwordHash}`, guestSetup: props.guestSetup, buildName: props.buildName,
      }),
    });
  }

  private profileProvisioners(): packer.IProvisioner[] {
    const { props } = this;
    if (props.profile.standard === undefined) {
      return [packer.Provisioner.shell({
        name: 'guest agent and cloud-init',
        comment: 'Profile minimal: what a template needs, and nothing more.',
        inline: ['cloud-init status --wait >/dev/null || [ "$?" -eq 2 ]', ...props.guestSetup.installAgent],
        executeCommand: this.asRoot(),
      })];
    }
    return [packer.Provisioner.ansible({
      name: 'profile standard',
      comment: 'Profile standard: the Ansible roles that ship with proxmox-constructs, in files/ansible/.',
      playbookFile: inFiles('ansible/playbook.yml'),
      user: props.buildUser,
      useSftp: true,
      extraArguments: [`--extra-vars=@${inFiles('ansible-variables.json')}`, '--skip-tags=cleanup'],
    })];
  }

  private generalize(): packer.IProvisioner {
    return packer.Provisioner.shellScript({
      name: 'generalize',
      comment: `Always last: removes all that makes the machine itself, and the user ${this.props.buildUser} that Packer is logged in as.`,
      scripts: [this.generalizeScript],
      environment: { BUILD_USER: this.props.buildUser },
      executeCommand: this.asRoot(),
      skipClean: true,
    });
  }

  /** `{{ .Vars }}` and `{{ .Path }}` are filled in by the provisioner. */
  private asRoot(): string {
    const root = this.props.guestSetup.privilegeEscalation === PrivilegeEscalation.DOAS ? 'doas' : 'sudo -n';
    return `chmod +x {{ .Path }}; ${root} env {{ .Vars }} {{ .Path }}`;
  }

  private renderAnsibleVariables(): { [name: string]: any } | undefined {
    const { standard } = this.props.profile;
    return standard === undefined ? undefined : ansibleVariables(standard, this.props.buildUser);
  }
}
