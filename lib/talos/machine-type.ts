/** What a node of a Talos cluster is. @see https://docs.siderolabs.com/talos/latest/reference/configuration/v1alpha1/config */
export enum MachineType {
  /** Runs etcd and the control plane of Kubernetes; workloads only where that is allowed. */
  CONTROL_PLANE = 'controlplane',
  /** Runs workloads. */
  WORKER = 'worker',
}
