import { IGuestEngine } from './engine/engine';
import { NoneEngine } from './engine/none-engine';
import { QemuEngine } from './engine/qemu';

/** How guests really run in QEMU. */
export interface QemuEngineProps {
  /**
   * The loopback addresses the guests get, one each, on which their SSH server answers. With a block outside of `127.0.0.0/8` the guests
   * know these addresses themselves; it takes the right to put addresses on the loopback interface, as in a network namespace of one's own.
   * @default '127.84.0.0/16'
   */
  readonly guestAddresses?: string;
  /**
   * The folder for disks and logs. What is made in it is removed at the end.
   * @default - a temporary one
   */
  readonly folder?: string;
}

/** How guests that do not run behave. */
export interface NoneEngineProps {
  /**
   * The first three numbers of the IPv4 addresses that guest agents tell, such as `192.0.2`: the agent of every machine that has it
   * switched on and a network answers then.
   * @default - agents do not run until PveSimulator.setAgentAnswers() says what they answer
   */
  readonly agentNetwork?: string;
}

/** What runs the guests of a simulated Proxmox VE. */
export class GuestEngine {
  /** Nothing runs: machines have a power state, volumes have sizes, the guest agent answers what it is told to. */
  public static none(props: NoneEngineProps = {}): GuestEngine {
    return new GuestEngine(() => new NoneEngine(props.agentNetwork));
  }

  /**
   * Machines boot in QEMU from their volumes, with KVM where it works and slowly where not; needs `qemu-system-x86_64`, `qemu-img` and
   * `xorriso`, and OVMF for machines with UEFI.
   */
  public static qemu(props: QemuEngineProps = {}): GuestEngine {
    return new GuestEngine(() => new QemuEngine(props));
  }

  private constructor(private readonly make: () => IGuestEngine) {}

  /** @internal */
  public create(): IGuestEngine {
    return this.make();
  }
}
