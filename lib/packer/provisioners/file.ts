import { Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { checkLines } from './script-checks';
import { TypedProvisioner } from './typed-provisioner';

/** Ways of a file. */
export enum FileDirection {
  /** From the computer that runs Packer into the machine. */
  UPLOAD = 'upload',
  /** From the machine to the computer that runs Packer. */
  DOWNLOAD = 'download',
}

/** What is said of files that are copied. */
export interface FileProps extends ProvisionerOptions {
  /**
   * Paths of files or folders. A folder with `/` at its end is copied without itself. See `packer.fromRoot`.
   */
  readonly sources: string[];
  /** Path on the other side. With several sources it is a folder and ends with `/`. The user of the communicator writes it. */
  readonly destination: string;
  /**
   * Which way.
   * @default FileDirection.UPLOAD
   */
  readonly direction?: FileDirection;
  /**
   * Whether the sources come into being only while the build runs, so that `packer validate` does not look for them.
   * @default false
   */
  readonly generated?: boolean;
}

/** What is said of a text that is written into a file of the machine. */
export interface FileContentProps extends ProvisionerOptions {
  /**
   * Content of the file. `${expression}` is evaluated, all else is literal. References to something sensitive are refused: Packer
   * leaves the text in a temporary file of the computer on which it runs.
   */
  readonly content: string;
  /** Path in the machine, without `/` at its end; the user of the communicator writes it. */
  readonly destination: string;
}

/** Files that are copied. */
export function file(props: FileProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.file');
  checkLines(problems, 'sources', props.sources);
  checkNoBracesIn(problems, props, ['sources', 'destination']);
  checkDestination(problems, props.destination);
  problems.check(
    props.sources.length < 2 || props.destination.endsWith('/'),
    provisionerRules['packer-file-folder'],
    { property: 'destination', received: props.destination },
  );
  return new TypedProvisioner(problems, 'file', {
    ...(props.sources.length === 1 ? { source: props.sources[0] } : { sources: props.sources }),
    destination: props.destination,
    direction: props.direction,
    generated: props.generated,
  }, props);
}

/** A text that is written into a file. */
export function fileContent(props: FileContentProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.fileContent');
  checkDestination(problems, props.destination);
  checkNoBracesIn(problems, props, ['destination']);
  problems.check(!props.destination.endsWith('/'), provisionerRules['packer-file-content-folder'], { property: 'destination', received: props.destination });
  problems.check(props.content !== '', provisionerRules['packer-file-content-empty'], { property: 'content', received: props.content });
  return new TypedProvisioner(problems, 'file', { content: once(props.content), destination: props.destination }, props);
}

function checkDestination(problems: Problems, destination: string): void {
  problems.check(destination !== '', provisionerRules['packer-file-destination'], { property: 'destination', received: destination });
}
