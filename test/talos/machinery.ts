import { run, toolPath, ToolName } from '../../tools';

/** The releases of Talos whose library judges, the oldest first. */
export const MACHINERIES = ['1.12', '1.13', '1.14'] as const;

/** What a machine is to be configured with. */
export interface Judged {
  readonly contract: string;
  readonly machineType: string;
  readonly patches: readonly string[];
}

/** What Talos says to it. */
export interface Judgement {
  readonly ok: boolean;
  readonly stage?: string;
  readonly error?: string;
  readonly config?: string;
  readonly warnings: readonly string[];
}

/** Lets the library of one release generate, patch and validate configurations. */
export async function judge(machinery: typeof MACHINERIES[number], asked: readonly Judged[]): Promise<Judgement[]> {
  // The provider generates with a disk and an installer of its own, which a configuration of contract 1.14 then has in a document.
  const common = {
    clusterName: 'homelab', endpoint: 'https://192.168.1.10:6443', kubernetesVersion: '1.34.2', installDisk: '/dev/sda', installImage: 'ghcr.io/siderolabs/installer:v1.12.0',
  };
  const input = asked.map((one) => `${JSON.stringify({ ...common, ...one })}\n`).join('');
  const outcome = await run(toolPath(`talos-machinery-${machinery}` as ToolName), [], { input });
  const answers = outcome.stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  if (outcome.status !== 0 || answers.length !== asked.length) throw new Error(`talos-machinery ${machinery}: ${outcome.output}`);
  return answers;
}

/** Whether a release takes configurations of a contract. */
export function knows(machinery: typeof MACHINERIES[number], contract: string): boolean {
  return Number(machinery.split('.')[1]) >= Number(contract.split('.')[1]);
}
