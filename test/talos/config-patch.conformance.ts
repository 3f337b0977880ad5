/*
 * Talos itself judges the patches: `npx tsx test/talos/config-patch.conformance.ts [SEED]`. A configuration of each contract, for both kinds of
 * machines, is generated, patched and validated by the library of every release that takes the contract. The last line is
 * `N passed, N failed`.
 */
import { generateKeyPairSync } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { Secret } from '../../lib/core';
import { Cni } from '../../lib/talos/cni';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchContext } from '../../lib/talos/patch-document';
import { CLASSIC_KEYS } from '../../lib/talos/patches/classic-keys';
import { distinctPatches } from '../../lib/talos/patches/distinct';
import { RETIRED_KEYS, kindsNewIn } from '../../lib/talos/patches/document-kinds';
import { HOSTILE_TEXTS } from '../hcl/hostile';
import { Report } from '../support/report';
import { Judged, Judgement, MACHINERIES, judge, knows } from './machinery';
import { CASES, CONTRACTS, ROLES, patchTexts } from './patch-cases';
import { accepted, randomPatches } from './random-patch';

const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const report = new Report();
const seed = Number(process.argv[2] ?? 20);

/** A configuration to be judged, and what is expected of the judgement. */
interface Trial {
  readonly title: string;
  readonly contract: ConfigContract;
  readonly machineType: MachineType;
  readonly patches: readonly string[];
  /** A refusal whose text is like this; else the configuration is taken. */
  readonly refused?: RegExp;
  /** What stands in the configuration. */
  readonly found?: readonly RegExp[];
}

async function judgeAll(trials: readonly Trial[]): Promise<void> {
  const all = await Promise.all(MACHINERIES.map(async (machinery) => {
    const own = trials.filter(({ contract }) => knows(machinery, contract.contractName));
    const asked = own.map(({ contract, machineType, patches }): Judged => ({ contract: contract.contractName, machineType, patches }));
    const judgements = await judge(machinery, asked);
    return { machinery, own, judgements };
  }));
  for (const { machinery, own, judgements } of all) own.forEach((trial, i) => say(machinery, trial, judgements[i]));
}

function say(machinery: string, { title, contract, machineType, refused, found = [] }: Trial, judgement: Judgement): void {
  const what = `${title}: ${contract}, ${machineType}, by Talos ${machinery}`;
  if (refused) {
    report.match(`${what}, refused`, judgement.ok ? 'taken' : String(judgement.error), refused);
    return;
  }
  report.equal(what, { ok: judgement.ok, error: judgement.error, warnings: judgement.warnings }, { ok: true, error: undefined, warnings: [] });
  for (const pattern of judgement.ok ? found : []) report.match(`${what}, has ${pattern.source.slice(0, 40)}`, judgement.config!, pattern);
}

function everywhere<T>(make: (contract: ConfigContract, machineType: MachineType) => readonly T[]): T[] {
  return CONTRACTS.flatMap((contract) => ROLES.flatMap((machineType) => make(contract, machineType)));
}

function texts(patches: readonly ConfigPatch[], context: Omit<PatchContext, 'path'>): string[] {
  const documents = patches.flatMap((patch) => patch.bind({ ...context, path: 'homelab/Cluster' }));
  const all = patchTexts(documents, (reference) => reference.endsWith('.key') ? key : `secret of ${reference} "\\\n\${x}`);
  return distinctPatches(all, 'homelab/Cluster');
}

/** Each patch alone, and each twice, as where a pool repeats what is said of the cluster. */
async function alone(): Promise<void> {
  for (const times of [1, 2]) {
    report.section(times === 1 ? 'each patch alone' : 'each patch twice');
    await judgeAll(everywhere((contract, machineType) => Object.entries(CASES).flatMap(([name, one]) => {
      if (one.refusedOnWorkers && machineType === MachineType.WORKER) return [];
      const patches = texts(Array<ConfigPatch>(times).fill(one.patch), { contract, machineType });
      const silent = (one.controlPlaneOnly && machineType === MachineType.WORKER) || (one.only112 && contract !== ConfigContract.V1_12);
      return [{ title: times === 1 ? name : `${name}, twice`, contract, machineType, patches, found: silent ? [] : [one.found] }];
    })));
  }
}

/** Texts that would mean something to a shell, to YAML or to Terraform arrive as they are, or are refused. */
async function hostile(): Promise<void> {
  report.section('hostile texts');
  for (const contract of CONTRACTS) {
    const context = { contract, machineType: MachineType.CONTROL_PLANE };
    const taken = HOSTILE_TEXTS.flatMap((text, i) => [
      { expected: /^[ \t\n][^]*\n/.test(text) || /^\n/.test(text) ? `---\n${text}` : text, make: () => ConfigPatch.inlineManifest(`manifest-${i}`, text) },
      { expected: `A=${text}`, make: () => ConfigPatch.extensionService(`service-${i}`, { environment: { A: text } }) },
      { expected: text, make: () => ConfigPatch.extensionService(`file-${i}`, { configFiles: [{ mountPath: '/a', content: text }] }) },
    ]).flatMap(({ expected, make }) => {
      const patch = accepted(make);
      return patch === undefined ? [] : [{ expected, patches: texts([patch], context) }];
    });
    report.equal(`texts that are accepted under ${contract}`, taken.length > HOSTILE_TEXTS.length * 2.7, true);
    for (const machinery of MACHINERIES.filter((one) => knows(one, contract.contractName))) {
      const asked = { contract: contract.contractName, machineType: 'controlplane', patches: taken.flatMap(({ patches }) => patches) };
      const [{ config = '', error }] = await judge(machinery, [asked]);
      const found = new Set(parseAllDocuments(config).flatMap((document) => leaves(document.toJS())));
      const missing = taken.map(({ expected }) => expected).filter((text) => !found.has(text));
      report.equal(`${taken.length} texts: ${contract}, by Talos ${machinery}`, { error, missing }, { error: undefined, missing: [] });
    }
  }
}

function leaves(value: any): any[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** The patches of a usual cluster at once. */
function usual(contract: ConfigContract, machineType: MachineType): Trial[] {
  const control = machineType === MachineType.CONTROL_PLANE;
  const patches = [
    ...Cni.cilium({ hubble: true, gatewayApi: true, l2Announcements: true }).bind({ machines: 3 }),
    ConfigPatch.hostname(control ? 'control-1' : 'worker-1'),
    ConfigPatch.install({ disk: '/dev/vda', image: 'factory.talos.dev/nocloud-installer/0000000000000000000000000000000000000000000000000000000000000000:v1.13.9' }),
    ConfigPatch.link('eth0', { addresses: ['192.168.1.11/24'], routes: [{ gateway: '192.168.1.1' }] }),
    ConfigPatch.nameServers(['192.168.1.1']),
    ConfigPatch.timeServers(['192.168.1.1']),
    ...control ? [ConfigPatch.layer2Vip('192.168.1.10', 'eth0')] : [],
    ConfigPatch.certSans(['192.168.1.10', '192.168.1.11']),
    ConfigPatch.apiServerCertSans(['192.168.1.10']),
    ConfigPatch.apiServerArguments({ 'event-ttl': '2h' }),
    ConfigPatch.allowSchedulingOnControlPlanes(),
    ConfigPatch.allowLoadBalancersOnControlPlanes(),
    ConfigPatch.clusterSubnets({ podSubnets: ['10.42.0.0/16'], serviceSubnets: ['10.43.0.0/16'] }),
    ConfigPatch.kubeletNodeIpSubnets(['192.168.1.0/24', '!192.168.1.10/32']),
    ConfigPatch.etcdAdvertisedSubnets(['192.168.1.0/24', '!192.168.1.10/32']),
    ConfigPatch.nodeLabels({ 'topology.kubernetes.io/zone': 'pve1' }),
    ConfigPatch.nodeLabels({ 'example.com/gpu': 'rtx4000' }),
    ConfigPatch.nodeTaints({ 'nvidia.com/gpu': 'present:NoSchedule' }),
    ConfigPatch.registryMirror('docker.io', { endpoints: ['https://mirror.example.com'] }),
    ConfigPatch.registryMirror('ghcr.io', { endpoints: ['https://mirror.example.com'] }),
    ConfigPatch.registryAuth('mirror.example.com', { username: 'puller', password: Secret.fromEnvironment('registry_password') }),
    ConfigPatch.sysctls({ 'net.core.somaxconn': '4096' }),
    ConfigPatch.nvidiaDriver(),
    ConfigPatch.nvidiaRuntimeClass(),
    ConfigPatch.userVolume('local-path'),
    ConfigPatch.extensionService('tailscale', { secretEnvironment: { TS_AUTHKEY: Secret.fromEnvironment('ts_authkey') } }),
    ConfigPatch.inlineManifest('namespace-media', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n'),
    ConfigPatch.yaml('machine:\n  udev:\n    rules:\n      - SUBSYSTEM=="drm", MODE="0666"\n'),
  ];
  const found = [/topology\.kubernetes\.io\/zone: pve1/, /example\.com\/gpu: rtx4000/, /local-path/, /name: nvidia_modeset/, /net\.core\.somaxconn/];
  return [{
    title: 'a usual cluster',
    contract,
    machineType,
    patches: texts(patches, { contract, machineType }),
    found: control ? [...found, /cilium install|"install"/, /gateway-api\/releases/, /kind: Namespace/] : found,
  }];
}

async function together(): Promise<void> {
  report.section('patches of a usual cluster');
  await judgeAll(everywhere(usual));
  await judgeAll(everywhere((contract, machineType) => [Cni.flannel(), Cni.none(), Cni.cilium()].map((cni): Trial => ({
    title: `the network ${cni.cniName}`, contract, machineType, patches: texts(cni.bind({ machines: 1 }), { contract, machineType }),
  }))));
}

/** What the library takes, Talos takes, too. */
async function random(): Promise<void> {
  report.section(`random values, seed ${seed}`);
  const patches = randomPatches(seed, 40);
  for (const contract of CONTRACTS) {
    for (const machineType of ROLES) {
      const bound = patches.flatMap(({ name, patch }) => {
        const own = accepted(() => texts([patch], { contract, machineType }));
        return own === undefined ? [] : [{ name, patches: own }];
      });
      for (const machinery of MACHINERIES.filter((one) => knows(one, contract.contractName))) {
        const judgements = await judge(machinery, bound.map((one) => ({ contract: contract.contractName, machineType, patches: one.patches })));
        const refused = bound.flatMap((one, i) => judgements[i].ok ? [] : [`${one.name}: ${one.patches.join(' ')}: ${judgements[i].error}`]);
        report.equal(`${bound.length} patches: ${contract}, ${machineType}, by Talos ${machinery}`, refused, []);
      }
    }
  }
}

/** What the library refuses is refused by Talos, too, and was not refused before. */
async function retired(): Promise<void> {
  report.section('keys that are refused');
  const values: { [path: string]: any } = {
    'machine.network.hostname': 'node-1',
    'machine.install': { wipe: true },
    'machine.kubelet.nodeIP': { validSubnets: ['192.168.1.0/24'] },
    'machine.kubelet.extraConfig.registerWithTaints': [{ key: 'a', effect: 'NoSchedule' }],
    'machine.kubelet': { extraArgs: { v: '4' } },
    'machine.nodeLabels': { a: 'b' },
    'machine.nodeTaints': { a: 'b:NoSchedule' },
    'machine.nodeAnnotations': { a: 'b' },
    'machine.features.kubePrism': { enabled: true, port: 7445 },
    'machine.features.hostDNS': { enabled: true },
    'machine.network.nameservers': ['192.168.1.1'],
    'machine.network.searchDomains': ['example.com'],
    'machine.network.disableSearchDomain': true,
    'machine.controlPlane': { scheduler: { disabled: true } },
    'cluster.network.cni': { name: 'none' },
    'cluster.network.podSubnets': ['10.42.0.0/16'],
    'cluster.network.serviceSubnets': ['10.43.0.0/16'],
    'cluster.network': { dnsDomain: 'example.local' },
    'cluster.allowSchedulingOnControlPlanes': true,
    'cluster.allowSchedulingOnMasters': true,
    'cluster.clusterName': 'other',
    'cluster.controlPlane': { endpoint: 'https://192.168.1.9:6443' },
    'cluster.id': 'z01mye6j16bspJYtTB/5SFX8j7Ph4JXxM2Xuu4vsBPM=',
    'cluster.secret': 'z01mye6j16bspJYtTB/5SFX8j7Ph4JXxM2Xuu4vsBPM=',
    'cluster.discovery': { enabled: true },
    'cluster.proxy': { disabled: true },
    'cluster.apiServer.certSANs': ['kube.example.com'],
    'cluster.apiServer.extraArgs': { 'event-ttl': '2h' },
    'cluster.apiServer': { disablePodSecurityPolicy: true },
    'cluster.controllerManager': { extraArgs: { v: '4' } },
    'cluster.scheduler': { extraArgs: { v: '4' } },
    'cluster.coreDNS': { disabled: true },
    'cluster.serviceAccount': { key: Buffer.from(key).toString('base64') },
    'cluster.secretboxEncryptionSecret': 'z01mye6j16bspJYtTB/5SFX8j7Ph4JXxM2Xuu4vsBPM=',
  };
  report.equal('every key has a value here', Object.keys(values).sort(), RETIRED_KEYS.map(({ path }) => path).sort());
  await judgeAll(everywhere((contract, machineType) => RETIRED_KEYS.flatMap(({ path, since, controlPlaneOnly }): Trial[] => {
    const refused = contract.isAtLeast(since) && (!controlPlaneOnly || machineType === MachineType.CONTROL_PLANE);
    const patch = path.split('.').reduceRight((value, part) => ({ [part]: value }), values[path]);
    return [{ title: path, contract, machineType, patches: [JSON.stringify(patch)], ...refused ? { refused: /already|can't be used|are required|requires the cluster endpoint|incompatible with v1alpha1/ } : {} }];
  })));
}

/** The keys of a configuration, and what stands there; what is refused with other values is refused by Talos, too. */
async function keys(): Promise<void> {
  report.section('keys of the configuration');
  const nested = (path: string, value: any) => JSON.stringify(path.split('.').reduceRight((inner, part) => ({ [part]: inner }), value));
  // Neither a list of mappings, nor a mapping of lists, nor one value.
  const other = (what: string) => /^a list of texts/.test(what) ? [[['a']]] : what.startsWith('a list') ? [['a'], { a: 'b' }] : what === 'a mapping of texts' ? [{ a: ['b'] }, ['a']] : ['a', ['a']];
  const wrong = [...CLASSIC_KEYS].flatMap(([path, what]) => (what === 'one value' ? [['a'], { a: 'b' }] : what === 'true or false' ? [['a'], 'a', 1] : other(what)).map((value) => nested(path, value)));
  // A version alone is no configuration to Talos.
  const judged = wrong.filter((text) => !text.startsWith('{"version"'));
  const unknown = ['network.kubelet', 'kubelet', 'machine.hostname', 'machine.proxy', 'cluster.kubelet', 'cluster.sysctls'].map((path) => nested(path, null));
  for (const text of [...wrong, ...unknown]) {
    const refused = accepted(() => ConfigPatch.yaml(text).bind({ contract: ConfigContract.V1_12, machineType: MachineType.CONTROL_PLANE, path: 'homelab' })) === undefined;
    if (!refused) report.equal(`${text} is refused`, 'taken', 'refused');
  }
  for (const machinery of MACHINERIES) {
    const ask = (patches: readonly string[]): Judged => ({ contract: `v${machinery}`, machineType: 'controlplane', patches });
    const [all, ...others] = await judge(machinery, [ask([...CLASSIC_KEYS.keys()].filter((path) => path !== 'version').map((path) => nested(path, null))), ...[...judged, ...unknown].map((text) => ask([text]))]);
    report.equal(`${CLASSIC_KEYS.size} keys, by Talos ${machinery}`, all.error, undefined);
    const taken = [...judged, ...unknown].filter((_, i) => others[i].stage !== 'patch');
    report.equal(`${others.length} wrong ones, by Talos ${machinery}`, taken, []);
  }
}

/** What is said of the installation keeps what is not said. */
async function installation(): Promise<void> {
  report.section('the installation');
  const image = 'factory.talos.dev/nocloud-installer/0123:v1.13.9';
  await judgeAll(everywhere((contract, machineType) => [
    { title: 'an installer', patch: ConfigPatch.install({ image }), found: [/nocloud-installer\/0123:v1\.13\.9/, /\/dev\/sda/, /wipe: false/] },
    { title: 'a disk', patch: ConfigPatch.install({ disk: '/dev/vda' }), found: [/siderolabs\/installer:v1\.12\.0/, /\/dev\/vda/, /wipe: false/] },
    { title: 'wiping', patch: ConfigPatch.install({ wipe: true }), found: [/siderolabs\/installer:v1\.12\.0/, /\/dev\/sda/, /wipe: true/] },
  ].map(({ title, patch, found }): Trial => ({ title, contract, machineType, patches: texts([patch], { contract, machineType }), found }))));
  const without = JSON.stringify({ apiVersion: 'v1alpha1', kind: 'UnattendedInstallConfig', provisioning: { wipe: true } });
  await judgeAll(ROLES.map((machineType): Trial => ({
    title: 'no disk', contract: ConfigContract.V1_14, machineType, patches: [without], refused: /diskSelector\.match is required/,
  })));
}

/** A kind of document is known from the contract on that the library says. */
async function kinds(): Promise<void> {
  report.section('kinds of documents');
  const unknown = /not registered/;
  for (const [i, machinery] of MACHINERIES.entries()) {
    for (const contract of CONTRACTS) {
      const all = kindsNewIn(contract);
      const judgements = await judge(machinery, all.map((kind) => ({
        contract: `v${machinery}`, machineType: 'controlplane', patches: [JSON.stringify({ apiVersion: 'v1alpha1', kind })],
      })));
      const known = all.filter((_, j) => !unknown.test(judgements[j].error ?? ''));
      report.equal(`kinds new in ${contract}, by Talos ${machinery}`, known, CONTRACTS.indexOf(contract) <= i ? all : []);
    }
  }
}

async function main(): Promise<void> {
  for (const part of [alone, together, hostile, random, retired, keys, installation, kinds]) {
    try {
      await part();
    } catch (error) {
      report.broken(error);
    }
  }
  process.exitCode = report.finish() ? 0 : 1;
}

void main();
