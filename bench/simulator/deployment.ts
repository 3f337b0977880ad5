import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run, terraformEnvironment, tool } from '../../tools';
import { Cost, MeasuredServer } from './measured-server';

/** What it takes to deploy many machines. */
export interface Deployed {
  readonly machines: number;
  /** On the clock. */
  readonly wallMs: number;
  /** Of Terraform and the provider, on all processors. */
  readonly terraformCpuMs: number;
  /** Of the simulated server. */
  readonly simulatorCpuMs: number;
  /** The part of the time in which the simulated server works. */
  readonly simulatorBusy: number;
  /** The simulated server's part of all the processors do for the deployment. */
  readonly simulatorShare: number;
  readonly requests: number;
  /** The simulated server's memory at the end. */
  readonly rssMib: number;
  readonly heapMib: number;
}

/** Deploys clones of one template with the real Terraform and the real provider, takes them down, and says what the first has cost whom. */
export async function deploy(server: MeasuredServer, machines: number, parallelism: number): Promise<Deployed> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-simulator-'));
  try {
    fs.writeFileSync(path.join(folder, 'authority.pem'), server.certificate);
    fs.writeFileSync(path.join(folder, 'main.tf'), configuration(server, machines));
    const environment = { ...terraformEnvironment(), SSL_CERT_FILE: path.join(folder, 'authority.pem'), XDG_STATE_HOME: folder };
    const terraform = async (...args: string[]) => {
      // The shell counts what ended processes have used, those of the provider among them.
      const { status, output, stderr } = await run('bash', ['-c', 'TIMEFORMAT="%U %S %R"; time "$@"', 'bash', tool('terraform').path, ...args], { cwd: folder, env: environment });
      if (status !== 0) throw new Error(`terraform ${args[0]}: ${output.slice(-4000)}`);
      const [user, system, wall] = stderr.trim().split('\n').pop()!.split(' ').map(Number);
      return { cpuMs: (user + system) * 1000, wallMs: wall * 1000 };
    };
    await terraform('init', '-no-color');
    const before = await server.cost();
    const { cpuMs, wallMs } = await terraform('apply', '-no-color', '-auto-approve', `-parallelism=${parallelism}`);
    const after = await server.cost();
    if (after.running - before.running !== machines) throw new Error(`${after.running - before.running} machines run, not ${machines}`);
    return figures(machines, wallMs, cpuMs, before, after);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function figures(machines: number, wallMs: number, terraformCpuMs: number, before: Cost, after: Cost): Deployed {
  const simulatorCpuMs = after.cpuMs - before.cpuMs;
  return {
    machines,
    wallMs,
    terraformCpuMs,
    simulatorCpuMs,
    simulatorBusy: simulatorCpuMs / wallMs,
    simulatorShare: simulatorCpuMs / (simulatorCpuMs + terraformCpuMs),
    requests: after.requests - before.requests,
    rssMib: after.rssMib,
    heapMib: after.heapMib,
  };
}

/** Machines as programs of this library have them: linked clones with cloud-init, started. */
function configuration({ endpoint, apiToken }: MeasuredServer, count: number): string {
  return `
terraform {
  required_providers {
    proxmox = { source = "bpg/proxmox", version = "0.112.0" }
  }
}

provider "proxmox" {
  endpoint  = "${endpoint}"
  api_token = "${apiToken}"
}

resource "proxmox_virtual_environment_vm" "machine" {
  count           = ${count}
  name            = "machine-\${count.index}"
  node_name       = "pve"
  vm_id           = 10000 + count.index
  tags            = ["bench"]
  stop_on_destroy = true
  clone {
    vm_id = 900
    full  = false
  }
  agent {
    enabled = false
  }
  cpu {
    cores = 2
    type  = "host"
  }
  memory {
    dedicated = 2048
  }
  network_device {
    bridge = "vmbr0"
  }
  disk {
    interface    = "scsi0"
    datastore_id = "local-lvm"
    size         = 8
  }
  initialization {
    datastore_id = "local-lvm"
    interface    = "scsi2"
    ip_config {
      ipv4 {
        address = "dhcp"
      }
    }
    user_account {
      username = "admin"
    }
  }
}
`;
}
