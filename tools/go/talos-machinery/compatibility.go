package main

import (
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/compatibility"
)

// kubernetes says whether a release of Talos runs a release of Kubernetes.
func kubernetes(asked request) answer {
	talos, err := compatibility.ParseTalosVersion(&machine.VersionInfo{Tag: asked.TalosVersion})
	if err != nil {
		return refused("request", err)
	}
	wanted, err := compatibility.ParseKubernetesVersion(asked.KubernetesVersion)
	if err != nil {
		return refused("request", err)
	}
	if err := wanted.SupportedWith(talos); err != nil {
		return refused("compatibility", err)
	}
	return answer{OK: true, Warnings: []string{}}
}
