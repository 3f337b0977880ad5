// What ends a build before its time: a signal, or the end of the deploy that asked for it.
import { unheard } from './log.mjs';
import { goesOn } from './processes.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const shell = process.ppid;

/**
 * While it lasts, a signal ends nothing by itself.
 *
 * A Ctrl-C in a terminal reaches Terraform, the shell and this process. A signal to Terraform alone makes it kill the shell, this process's
 * parent; a Terraform that is killed says nothing at all. So both are watched, and whether there is still a reader.
 */
export class Interruption {
  constructor() {
    this.why = undefined;
    this.listeners = [];
    this.onSignal = (signal) => this.interrupt(signal);
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
    this.terraform = Number(process.env.PROXMOX_CONSTRUCTS_DEPLOY_PID);
    if (this.terraform > 0) {
      this.timer = setInterval(() => this.look(), 500);
      this.look();
    }
  }

  look() {
    if (process.ppid !== shell || !goesOn(this.terraform) || unheard()) this.interrupt('The deploy has ended');
  }

  interrupt(why) {
    if (this.why !== undefined) return;
    this.why = why;
    for (const listener of this.listeners) listener(why);
  }

  /** Signals end this process again. */
  end() {
    clearInterval(this.timer);
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
