package main

import (
	"fmt"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/encoder"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"github.com/siderolabs/talos/pkg/machinery/config/validation"
)

// cloud is the mode of a machine that was started from a disk image: nothing has to be installed.
type cloud struct{}

func (cloud) String() string        { return "cloud" }
func (cloud) RequiresInstall() bool { return false }
func (cloud) InContainer() bool     { return false }

// configuration generates the configuration of a machine, patches it, and asks whether a machine would take it.
func configuration(asked request) answer {
	generated, err := generated(asked)
	if err != nil {
		return refused("generate", err)
	}
	text, err := patched(generated, asked.Patches)
	if err != nil {
		return refused("patch", err)
	}
	// A machine receives text, so text is what is judged.
	loaded, err := configloader.NewFromBytes(text)
	if err != nil {
		return refused("validate", err)
	}
	warnings, err := loaded.Validate(cloud{}, validation.WithStrict())
	if warnings == nil {
		warnings = []string{}
	}
	if err != nil {
		refusal := refused("validate", err)
		refusal.Warnings = warnings
		return refusal
	}
	return answer{OK: true, Config: string(text), Warnings: warnings}
}

func generated(asked request) (config.Provider, error) {
	contract, err := config.ParseContractFromVersion(asked.Contract)
	if err != nil {
		return nil, err
	}
	own, err := config.ParseContractFromVersion(release())
	if err != nil {
		return nil, err
	}
	if contract.Greater(own) {
		return nil, fmt.Errorf("the contract %s is newer than this library, which is %s", contract, release())
	}
	role, err := machine.ParseType(asked.MachineType)
	if err != nil {
		return nil, err
	}
	if role != machine.TypeControlPlane && role != machine.TypeWorker {
		return nil, fmt.Errorf("a machine is controlplane or worker, not %q", asked.MachineType)
	}
	bundle, err := bundleOf(contract)
	if err != nil {
		return nil, err
	}
	options := []generate.Option{generate.WithVersionContract(contract), generate.WithSecretsBundle(bundle)}
	if asked.InstallDisk != "" {
		options = append(options, generate.WithInstallDisk(asked.InstallDisk))
	}
	if asked.InstallImage != "" {
		options = append(options, generate.WithInstallImage(asked.InstallImage))
	}
	input, err := generate.NewInput(asked.ClusterName, asked.Endpoint, asked.KubernetesVersion, options...)
	if err != nil {
		return nil, err
	}
	return input.Config(role)
}

func patched(generated config.Provider, texts []string) ([]byte, error) {
	patches, err := configpatcher.LoadPatches(texts)
	if err != nil {
		return nil, err
	}
	// The patches see what was written and read again, as they do when configurations come from a provider or from talosctl.
	written, err := generated.EncodeBytes(encoder.WithComments(encoder.CommentsDisabled))
	if err != nil {
		return nil, err
	}
	read, err := configloader.NewFromBytes(written)
	if err != nil {
		return nil, err
	}
	result, err := configpatcher.Apply(configpatcher.WithConfig(read), patches)
	if err != nil {
		return nil, err
	}
	return result.Bytes()
}

var bundles = map[string]*secrets.Bundle{}

// bundleOf gives every cluster of a contract the same secrets: making them is most of the work.
func bundleOf(contract *config.VersionContract) (*secrets.Bundle, error) {
	if known, ok := bundles[contract.String()]; ok {
		return known, nil
	}
	made, err := secrets.NewBundle(secrets.NewFixedClock(time.Now()), contract)
	if err == nil {
		bundles[contract.String()] = made
	}
	return made, err
}
