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
export interface SleepProps {
  /** Length of the pause. */
  readonly duration: Duration;
  /**
   * Sources for which there is a pause, by their address. Not together with `except`.
   * @default - all sources of the template
   */
  readonly only?: string[];
  /**
   * Sources for which there is none, by their address. Not together with `only`.
   * @default - no exception
   */
  readonly except?: string[];
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/** A stop until Enter is pressed. */
export function breakpoint(props: BreakpointProps): IProvisioner {
  return new TypedProvisioner(new Problems('packer.Provisioner.breakpoint'), 'breakpoint', once({ disable: props.disable, note: props.note }), props, {
    needsCommunicator: false,
  });
}

/**
 * A pause: the time before a breakpoint that does not stop. Packer's own `sleep` crashes on every template that is not in
 * the old JSON form (seen in 1.16.0).
 */
export function sleep(props: SleepProps): IProvisioner {
  const { only, except, comment, duration } = props;
  return new TypedProvisioner(new Problems('packer.Provisioner.sleep'), 'breakpoint', { disable: true }, { only, except, comment, pauseBefore: duration }, {
    needsCommunicator: false,
  });
}
