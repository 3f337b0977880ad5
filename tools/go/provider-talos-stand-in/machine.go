package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/bundle"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/encoder"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"github.com/siderolabs/talos/pkg/machinery/gendata"
	"go.yaml.in/yaml/v4"
)

// ownContract is the contract of the library, such as "v1.14": what a version that is not given means to the provider.
func ownContract() string {
	parts := strings.SplitN(strings.TrimSpace(gendata.VersionTag), ".", 3)
	return parts[0] + "." + parts[1]
}

// vanillaInstaller is the image that the provider names where the configuration does not.
func vanillaInstaller() string {
	const vanilla = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba"
	return "factory.talos.dev/metal-installer/" + vanilla + ":" + strings.TrimSpace(gendata.VersionTag)
}

// generate makes a machine configuration of the arguments of talos_machine_configuration.
func generateConfiguration(asked object) (string, error) {
	role := machine.TypeWorker
	withPatches := bundle.WithPatchWorker
	if textOf(asked["machine_type"]) == "controlplane" {
		role, withPatches = machine.TypeControlPlane, bundle.WithPatchControlPlane
	}
	secrets, err := valueToSecrets(objectOf(asked["machine_secrets"]))
	if err != nil {
		return "", err
	}
	contract, err := config.ParseContractFromVersion(given(asked, "talos_version", ownContract()))
	if err != nil {
		return "", err
	}
	texts, _ := textsOf(asked["config_patches"])
	patches, err := configpatcher.LoadPatches(texts)
	if err != nil {
		return "", fmt.Errorf("error parsing config patch: %w", err)
	}
	made, err := bundle.NewBundle(
		bundle.WithVerbose(false),
		bundle.WithInputOptions(&bundle.InputOptions{
			ClusterName: textOf(asked["cluster_name"]),
			Endpoint:    textOf(asked["cluster_endpoint"]),
			KubeVersion: strings.TrimPrefix(given(asked, "kubernetes_version", constants.DefaultKubernetesVersion), "v"),
			GenOptions: []generate.Option{
				generate.WithClusterDiscovery(true), generate.WithDNSDomain(constants.DefaultDNSDomain),
				generate.WithInstallDisk("/dev/sda"), generate.WithInstallImage(vanillaInstaller()),
				generate.WithSecretsBundle(secrets), generate.WithVersionContract(contract),
			},
		}),
		withPatches(patches),
	)
	if err != nil {
		return "", err
	}
	comments := encoder.CommentsDisabled
	if boolOf(asked["docs"]) {
		comments |= encoder.CommentsDocs
	}
	if boolOf(asked["examples"]) {
		comments |= encoder.CommentsExamples
	}
	text, err := made.Serialize(comments, role)
	return string(text), err
}

func given(asked object, name, otherwise string) string {
	if text := textOf(asked[name]); text != "" {
		return text
	}
	return otherwise
}

// patchConfiguration applies patches as talos_machine_configuration_apply does.
func patchConfiguration(text string, patches []string) (string, error) {
	loaded, err := configpatcher.LoadPatches(patches)
	if err != nil {
		return "", fmt.Errorf("error loading config patches: %w", err)
	}
	patched, err := configpatcher.Apply(configpatcher.WithBytes([]byte(text)), loaded)
	if err != nil {
		return "", fmt.Errorf("error applying config patches: %w", err)
	}
	result, err := patched.Bytes()
	return string(result), err
}

// cloud is the mode of a machine that was started from a disk image.
type cloud struct{}

func (cloud) String() string        { return "cloud" }
func (cloud) RequiresInstall() bool { return false }
func (cloud) InContainer() bool     { return false }

// judge does what a machine does with a configuration that it receives. The provider itself does not look.
func judge(text string, p *problems) config.Provider {
	const summary = "the node would refuse this machine configuration"
	loaded, err := configloader.NewFromBytes([]byte(text))
	if err != nil {
		p.fail(summary, err.Error())
		return nil
	}
	if loaded.Machine() == nil {
		p.fail(summary, "there is no document of version v1alpha1 with machine and cluster in it")
		return nil
	}
	warnings, err := loaded.Validate(cloud{})
	if err != nil {
		p.fail(summary, strings.TrimSpace(err.Error()))
		return nil
	}
	for _, warning := range warnings {
		p.warn("the node would warn about this machine configuration", warning)
	}
	return loaded
}

// hash is machine_configuration_hash of talos_machine: over the parsed documents, so that the order of keys does not matter, and on
// request without the versions that upgrades of Kubernetes change.
func hash(text string, withoutKubernetes bool) string {
	var documents [][]byte
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document map[string]any
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return digest([]byte(text))
		}
		if withoutKubernetes {
			forgetKubernetesVersion(document)
		}
		again, err := yaml.Marshal(document)
		if err != nil {
			return digest([]byte(text))
		}
		documents = append(documents, again)
	}
	return digest(bytes.Join(documents, []byte("---\n")))
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func forgetKubernetesVersion(document map[string]any) {
	untag := func(parent any) {
		section, _ := parent.(map[string]any)
		image, _ := section["image"].(string)
		if at := strings.LastIndex(image, ":"); at >= 0 && !strings.Contains(image[at:], "/") {
			section["image"] = image[:at]
		}
	}
	switch document["kind"] {
	case nil:
		machine, _ := document["machine"].(map[string]any)
		untag(machine["kubelet"])
		cluster, _ := document["cluster"].(map[string]any)
		for _, part := range []string{"apiServer", "controllerManager", "scheduler", "proxy"} {
			untag(cluster[part])
		}
	case "KubeAPIServerConfig", "KubeControllerManagerConfig", "KubeSchedulerConfig", "KubeProxyConfig":
		untag(document)
	}
}
