import { ApiError, failure } from '../../api-error';
import { isRunning, properties } from '../../qemu/machine';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { Call, Endpoint, Permission } from '../endpoint';
import { machine } from './qemu-parameters';

const mayLook: Permission = { path: '/vms/{vmid}', privileges: ['VM.Console'] };
const audit: Permission = { path: '/vms/{vmid}', privileges: ['VM.Audit'] };

/** A console needs a machine; beyond that it is not simulated. */
function refuse({ cluster, node, parameters }: Call): never {
  cluster.machine(node, parameters.number('vmid'));
  throw new ApiError(501, 'consoles are not simulated');
}

function spice(call: Call): never {
  const { cluster, node, parameters } = call;
  const guest = cluster.machine(node, parameters.number('vmid'));
  if (!isRunning(cluster, guest)) throw failure(`VM ${guest.vmid} not running`);
  const { type = '' } = properties(guest.config.get('vga') ?? '', 'type');
  if (!/^(?:virtio|qxl)/.test(type)) throw failure('no spice port');
  return refuse(call);
}

const steps: { readonly [timeframe: string]: readonly [minutes: number, count: number] } = {
  hour: [1, 70], day: [30, 70], week: [180, 70], month: [720, 70], year: [10080, 70],
};
const steps9: typeof steps = { hour: [1, 60], day: [1, 1440], week: [30, 336], month: [30, 1440], year: [360, 1440], decade: [10080, 570] };

/** The times at which there could be figures: none are kept. */
function figures({ cluster, node, parameters }: Call): object[] {
  const vmid = parameters.number('vmid');
  const isNine = cluster.version.line === '9.1';
  if (cluster.guests.get(vmid)?.node !== node) {
    throw failure(`RRD error: opening '/var/lib/rrdcached/db/${isNine ? 'pve-vm-9.0' : 'pve2-vm'}/${vmid}': No such file or directory`);
  }
  const [minutes, count] = (isNine ? steps9 : steps)[parameters.text('timeframe')];
  const last = Math.floor(cluster.now() / 60_000 / minutes);
  return Array.from({ length: count }, (_, i) => ({ time: (last - count + i + 1) * minutes * 60 }));
}

function console(method: 'GET' | 'POST', name: string, description: string, parameters: Properties, handle: (call: Call) => unknown): Endpoint {
  return { method, path: `/nodes/{node}/qemu/{vmid}/${name}`, description, parameters: { ...machine, ...parameters }, permission: mayLook, handle };
}

function rows(timeframes: readonly string[], only: Pick<Endpoint, 'since' | 'until'>): Endpoint[] {
  return ['qemu', 'lxc'].map((kind): Endpoint => ({
    method: 'GET',
    path: `/nodes/{node}/${kind}/{vmid}/rrddata`,
    description: 'The figures of a guest over time; none are kept.',
    parameters: {
      ...machine,
      timeframe: choice('Over which time.', ...timeframes),
      cf: optional(choice('How figures are put together.', 'AVERAGE', 'MAX')),
    },
    permission: audit,
    handle: figures,
    ...only,
  }));
}

/** The consoles of machines, which are refused, and their figures. @internal */
export const qemuConsoleEndpoints: readonly Endpoint[] = [
  console('POST', 'vncproxy', 'Opens a console by VNC; not simulated.', {
    'websocket': optional(flag('Whether it is for a web socket.')),
    'generate-password': optional(flag('Whether a password is made; it always is.', { default: '0' })),
  }, refuse),
  console('POST', 'termproxy', 'Opens a terminal; not simulated.', {
    serial: optional(choice('At which serial port.', 'serial0', 'serial1', 'serial2', 'serial3')),
  }, refuse),
  console('GET', 'vncwebsocket', 'The web socket of a console; not simulated.', {
    vncticket: text('The ticket of the console.', { maxLength: 512 }),
    port: integer('The port of the console.', 5900, 5999),
  }, refuse),
  console('POST', 'spiceproxy', 'Opens a console by SPICE; not simulated.', { proxy: optional(text('The server it goes through.', { format: 'address' })) }, spice),
  ...rows(Object.keys(steps), { until: '8.4' }),
  ...rows(Object.keys(steps9), { since: '9.1' }),
];
