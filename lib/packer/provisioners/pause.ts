import { Duration, Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of a breakpoint. */
export interface BreakpointProps extends ProvisionerOptions {
  /**
   * Whether the build goes on without a stop.
   * @default false
   */
  readonly disable?: boolean;
  /**
   * What is shown while the build waits.
   * @default - no note
   */
  readonly note?: string;
}

/** What is said of a pause. */
export interface SleepProps extends ProvisionerOptions {
  /** Length of the pause. */
  readonly duration: Duration;
}

/** A stop until Enter is pressed. */
export function breakpoint(props: BreakpointProps): IProvisioner {
  return new TypedProvisioner(new Problems('packer.Provisioner.breakpoint'), 'breakpoint', once({ disable: props.disable, note: props.note }), props, {
    needsCommunicator: false,
  });
}

/** A pause. */
export function sleep(props: SleepProps): IProvisioner {
  return new TypedProvisioner(new Problems('packer.Provisioner.sleep'), 'sleep', { duration: props.duration.toString() }, props, {
    needsCommunicator: false,
  });
}
