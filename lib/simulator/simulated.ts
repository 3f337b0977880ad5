/** A virtual machine as it stands on the simulated server. */
export interface SimulatedVm {
  /** Its id. */
  readonly vmId: number;
  /** Its name. */
  readonly name: string;
  /** The node it is on. */
  readonly node: string;
  /** Whether it is a template. */
  readonly template: boolean;
  /** Whether it runs. */
  readonly running: boolean;
  /** Its tags, in the order they are stored. */
  readonly tags: string[];
  /** Its configuration as PVE's file has it: `scsi0` → `local-lvm:vm-100-disk-0,size=8G`. */
  readonly config: { readonly [key: string]: string };
}

/** A volume on a storage of the simulated server. */
export interface SimulatedVolume {
  /** Its id, such as `local:iso/debian.iso`. */
  readonly volumeId: string;
  /** What it is: `images`, `iso`, `import`, `snippets` … */
  readonly content: string;
  /** Bytes a guest sees, or of the file. */
  readonly bytes: number;
  /**
   * The node it is on.
   * @default - it is on a shared storage
   */
  readonly node?: string;
}

/** A request the simulated server has answered. */
export interface SimulatedRequest {
  /** `GET`, `POST`, `PUT` or `DELETE`. */
  readonly method: string;
  /** Below `/api2/json`. */
  readonly path: string;
  /** What came in the form, the query or as JSON; of several values of one name, all with commas between. */
  readonly parameters: { readonly [name: string]: string };
  /** Who asked, such as `root@pam!simulator`; empty for nobody. */
  readonly caller: string;
  /** The status of the answer. */
  readonly status: number;
  /** The reason phrase of the answer, which carries the message of an error. */
  readonly reason: string;
}

/** A task of the simulated server. */
export interface SimulatedTask {
  /** Its id. */
  readonly upid: string;
  /** `qmcreate`, `qmclone`, `qmstart`, `download` … */
  readonly type: string;
  /** What it is about: mostly the id of a machine. */
  readonly id: string;
  /**
   * How it ended: `OK`, or the error.
   * @default - it runs
   */
  readonly exitStatus?: string;
  /** The lines of its log. */
  readonly log: string[];
}
