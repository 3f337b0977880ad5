import { Readable } from 'node:stream';
import { GuestHardware } from '../../../lib/simulator/engine/engine';
import { NoneEngine } from '../../../lib/simulator/engine/none-engine';
import { qcow2Header } from '../../../lib/simulator/storage/qcow2-header';

const GUEST: GuestHardware = { vmid: 100, node: 'pve', config: {}, drives: {} };
const volume = (key: string, format = 'qcow2') => ({ key, format });

describe('volumes without content', () => {
  test('an image has the size it was made with, grown with, copied and linked with', async () => {
    const { volumes } = new NoneEngine();
    await volumes.create(volume('a'), 1024);
    await volumes.link(volume('a'), volume('b'));
    await volumes.resize(volume('b'), 2048);
    await volumes.copy(volume('b'), volume('c'));
    await volumes.rename(volume('a'), 'base');
    await volumes.remove(volume('b'));
    expect(['a', 'b', 'c', 'base'].map((key) => volumes.bytesOf(key))).toEqual([undefined, undefined, 2048, 1024]);
  });

  test('the variables of OVMF have the size that PVE shows', async () => {
    const { volumes } = new NoneEngine();
    await volumes.createEfiVariables(volume('efi'), true);
    expect(volumes.bytesOf('efi')).toBe(528 * 1024);
  });

  test('a qcow2 image tells the size of its disk', async () => {
    const header = qcow2Header(8 * 1024 ** 3).subarray(0, 104);
    const received = await new NoneEngine().volumes.receive(volume('image'), Readable.from([header.subarray(0, 7), header.subarray(7)]));
    expect(received).toEqual({ bytes: 104, virtualBytes: 8 * 1024 ** 3, format: 'qcow2' });
  });

  test('a vmdk image tells the size of its disk', async () => {
    const header = Buffer.alloc(512);
    header.write('KDMV', 'latin1');
    header.writeBigUInt64LE(4096n, 12);
    const received = await new NoneEngine().volumes.receive(volume('image'), Readable.from([header]));
    expect(received).toEqual({ bytes: 512, virtualBytes: 2 * 1024 ** 2, format: 'vmdk' });
  });

  test('all else is as long as its file, and a small text can be read', async () => {
    const { volumes } = new NoneEngine();
    expect(await volumes.receive(volume('snippet'), Readable.from(['#cloud', '-config\n']))).toEqual({ bytes: 14, virtualBytes: 14, format: 'raw' });
    expect(await volumes.text(volume('snippet'))).toBe('#cloud-config\n');
  });

  test('a large file is not kept', async () => {
    const { volumes } = new NoneEngine();
    const part = Buffer.alloc(400_000);
    expect(await volumes.receive(volume('iso'), Readable.from([part, part, part]))).toEqual({ bytes: 1_200_000, virtualBytes: 1_200_000, format: 'raw' });
    await expect(volumes.text(volume('iso'))).rejects.toThrow("content of 'iso' is not kept");
  });

  test('what is not there cannot be copied', async () => {
    await expect(new NoneEngine().volumes.copy(volume('a'), volume('b'))).rejects.toThrow("volume 'a' does not exist");
  });
});

describe('guests without processes', () => {
  test('run from start to stop, shutdown and poweroff', async () => {
    const engine = new NoneEngine();
    const states: boolean[] = [];
    const note = () => states.push(engine.isRunning(100));
    note();
    expect(await engine.start(GUEST)).toBe(0);
    note();
    await engine.stop(100);
    note();
    await engine.start({ ...GUEST, drives: { scsi0: volume('a') } });
    expect(await engine.shutdown(100, 60, true)).toBe(true);
    note();
    await engine.start(GUEST);
    engine.powerOffWithin(100);
    note();
    expect(states).toEqual([false, true, false, false, false]);
  });

  test('a guest with nothing to boot from hears of no shutdown', async () => {
    const engine = new NoneEngine();
    await engine.start({ ...GUEST, drives: { efidisk0: volume('efi'), ide2: undefined } });
    expect(await engine.shutdown(100, 60, false)).toBe(false);
    expect(engine.isRunning(100)).toBe(true);
    await engine.stop(100);
    expect(await engine.shutdown(100, 60, false)).toBe(true);
  });

  test('an agent says what was set, and nothing else', async () => {
    const engine = new NoneEngine();
    await expect(engine.agent(100, 'guest-ping')).rejects.toThrow('VM 100 is not running');
    await engine.start(GUEST);
    await expect(engine.agent(100, 'guest-ping')).rejects.toThrow('QEMU guest agent is not running');
    engine.setAgentAnswers(100, { 'guest-get-host-name': { 'host-name': 'web' } });
    expect(await engine.agent(100, 'guest-ping')).toEqual({});
    expect(await engine.agent(100, 'guest-get-host-name')).toEqual({ 'host-name': 'web' });
    await expect(engine.agent(100, 'guest-info')).rejects.toThrow('Agent error: The command guest-info has not been found');
    engine.setAgentAnswers(100, undefined);
    await expect(engine.agent(100, 'guest-ping')).rejects.toThrow('QEMU guest agent is not running');
  });

  const good = ('a z 0 9 shift-a ret spc esc tab up down left right pgup pgdn home end insert delete backspace f1 f12 minus equal bracket_left '
    + 'bracket_right semicolon apostrophe grave_accent backslash comma dot slash less asterisk kp_enter menu meta_l caps_lock ctrl shift ctrl-x alt-f2 '
    + 'ctrl-alt-delete').split(' ');

  test('keys are recorded in their order', async () => {
    const engine = new NoneEngine();
    await engine.start(GUEST);
    for (const key of good) await engine.sendKey(100, key);
    expect(engine.keys.get(100)).toEqual(good);
  });

  test.each(['A', 'enter', 'space', 'pageup', 'pagedown', 'left_ctrl', 'ä', ''])('the key %j is none', async (key) => {
    const engine = new NoneEngine();
    await engine.start(GUEST);
    await expect(engine.sendKey(100, key)).rejects.toThrow(`invalid parameter: ${key}`);
  });

  test('a guest that is off takes no key', async () => {
    await expect(new NoneEngine().sendKey(100, 'ret')).rejects.toThrow('VM 100 not running');
  });
});
