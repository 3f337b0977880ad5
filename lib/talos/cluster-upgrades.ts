/** Who brings the machines of a cluster to the releases that the program says. */
export enum ClusterUpgrades {
  /**
   * You: the output `<cluster>_upgrade` has the commands, one machine after the other. A deploy changes configurations, and no release of a
   * machine that runs.
   */
  BY_HAND = 'by hand',
  /**
   * A deploy: one machine after the other is drained, upgraded in place and started again, then Kubernetes is upgraded. Needs version 0.12 of the
   * provider, and Terraform or OpenTofu 1.11; every plan asks the machines for their releases, so they must be reachable.
   *
   * A running cluster stays with what it was made with: the two use different resources.
   * @see https://registry.terraform.io/providers/siderolabs/talos/latest/docs/resources/machine
   */
  BY_TERRAFORM = 'by Terraform',
}
