import { TalosVersion } from './talos-version';

/**
 * The shape of a machine configuration, which is that of the Talos release with which a cluster was made.
 *
 * A newer Talos takes configurations of an older contract, and never the other way round. The contract of a cluster stays what it was when
 * the cluster was made, whatever its machines run today: raising it renames what is generated, down to the key by which etcd is encrypted.
 *
 * @see https://registry.terraform.io/providers/siderolabs/talos/latest/docs/data-sources/machine_configuration
 */
export class ConfigContract {
  /** Of Talos 1.12: network, volumes and registries have documents of their own, the rest stands in one. */
  public static readonly V1_12 = new ConfigContract('v1.12', 12);
  /** Of Talos 1.13: as 1.12, with more documents (KubeSpan, environment, external volumes). */
  public static readonly V1_13 = new ConfigContract('v1.13', 13);
  /** Of Talos 1.14: nearly everything of Kubernetes moved into documents of its own, and what was written before is refused. */
  public static readonly V1_14 = new ConfigContract('v1.14', 14);

  /**
   * All contracts, the oldest first.
   * @internal
   */
  public static readonly ALL: readonly ConfigContract[] = [ConfigContract.V1_12, ConfigContract.V1_13, ConfigContract.V1_14];

  /**
   * The contract that came with a release of Talos.
   * @internal
   */
  public static ofRelease({ minorName }: TalosVersion): ConfigContract {
    return ConfigContract.ALL.find(({ contractName }) => contractName === minorName)!;
  }

  private constructor(
    /** As the Terraform provider writes it in `talos_version`, such as `v1.13`. */
    public readonly contractName: string,
    private readonly minor: number,
  ) {}

  /** Whether this is the other contract or a newer one. */
  public isAtLeast(other: ConfigContract): boolean {
    return this.minor >= other.minor;
  }

  /** The name, such as `v1.13`. */
  public toString(): string {
    return this.contractName;
  }
}
