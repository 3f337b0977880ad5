import { OsType, guestos, hcl } from '../../lib';

/** What an installation is told where nothing is asked for. */
export const PLAIN: guestos.InstallationRequest = {
  hostName: 'template',
  buildUser: 'packer',
  buildPasswordHash: '$2b$10$abcdefghijklmnopqrstuuMBBc8O0Q4CYnMEfaGNUOj0KDqV1cNWe',
  buildPassword: '00000000-0000-0000-0000-000000000000',
  locale: 'en_US',
  keyboardLayout: 'us',
  timeZone: 'UTC',
  diskSlot: 'scsi0',
};

/** What some answer file has to hold: the password by which Packer logs in. */
export const PASSWORD = `${hcl.Expression.reference('local.build_password')}`;

/** A system that installs itself, as a user would write it, and what it was asked. */
export class Tiny implements guestos.IInstallable {
  public readonly osName: string = 'tiny-1';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup: guestos.GuestSetup;
  /** What `bindInstallation` was asked, the last time. */
  public request?: guestos.InstallationRequest;

  /**
   * @param own what is not as in the others: parts of the installation, in plain JavaScript too
   * @param setup the same of the setup of the guest
   */
  public constructor(
    private readonly own: { readonly [name in keyof guestos.InstallationConfig]?: any } = {},
    setup: { readonly [name in keyof guestos.GuestSetup]?: any } = {},
  ) {
    this.guestSetup = { installAgent: ['pkg install agent'], ...setup };
  }

  public bindInstallation(request: guestos.InstallationRequest): guestos.InstallationConfig {
    this.request = request;
    const { hostName, buildUser, buildPasswordHash, locale, keyboardLayout, timeZone, diskSlot, answerDelivery = guestos.AnswerDelivery.CD } = request;
    const http = answerDelivery === guestos.AnswerDelivery.HTTP;
    return {
      iso: { url: 'https://vendor.example/tiny-1.0.iso', checksum: guestos.Checksum.sha256('1b'.repeat(32)) },
      answerDelivery,
      answerFiles: {
        answers: `host ${hostName}\nuser ${buildUser}\nhash ${buildPasswordHash}\nlocale ${locale}\nkeyboard ${keyboardLayout}\nzone ${timeZone}\ndisk ${diskSlot}\n`,
      },
      answerLabel: http ? undefined : 'cidata',
      bootCommand: http ? ['c url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/answers', '<enter>'] : ['u'],
      ...this.own,
    };
  }
}
