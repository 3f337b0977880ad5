package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/siderolabs/net"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/platforms"
)

// Rules of single attributes.

func oneOf(config object, name string, allowed []string, p *problems) {
	if text, ok := config[name].(string); ok && !slices.Contains(allowed, text) {
		p.failAt(name, "Invalid Attribute Value Match", fmt.Sprintf("Attribute %s value must be one of: %q, got: %q", name, allowed, text))
	}
}

func notEmpty(config object, name string, p *problems) {
	if text, ok := config[name].(string); ok && text == "" {
		p.failAt(name, "Invalid Attribute Value Length", fmt.Sprintf("Attribute %s string length must be at least 1, got: 0", name))
	}
}

func version(asked object, name string, p *problems) {
	if text, ok := asked[name].(string); ok {
		if _, err := config.ParseContractFromVersion(text); err != nil {
			p.fail("Invalid version", err.Error())
		}
	}
}

func duration(config object, name string, p *problems) {
	if text, ok := config[name].(string); ok {
		if _, err := time.ParseDuration(text); err != nil {
			p.failAt(name, "invalid "+name, fmt.Sprintf("unable to parse duration %q: %s", text, err))
		}
	}
}

func date(config object, name string, p *problems) {
	if text, ok := config[name].(string); ok {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			p.failAt(name, "invalid "+name, fmt.Sprintf("unable to parse %s %q as RFC3339: %s", name, text, err))
		}
	}
}

// twins are an attribute and the one with "_wo" after its name: exactly one of them is set.
func twins(config object, name, called string, p *problems) {
	both := fmt.Sprintf("%[1]s or %[1]s_wo", name)
	set, other := config[name] != nil, config[name+"_wo"] != nil
	if !set && !other {
		p.fail("Missing "+called, "Exactly one of "+both+" must be set")
	}
	if set && other {
		p.fail("Conflicting "+called, "Only one of "+both+" can be set, not both")
	}
}

// timeouts are durations in whatever has them.
func timeouts(config object, p *problems) {
	all := objectOf(config["timeouts"])
	for _, name := range sortedNames(all) {
		if text, ok := all[name].(string); ok {
			if _, err := time.ParseDuration(text); err != nil {
				p.failAt("timeouts", "Invalid Attribute Value Time Duration",
					fmt.Sprintf(`%s: %q is no duration, such as "90s" or "2h45m".`, name, text))
			}
		}
	}
}

// Rules of types.

func rulesOfApply(config object, p *problems) {
	oneOf(config, "apply_mode", []string{"auto", "reboot", "no_reboot", "staged", "staged_if_needing_reboot"}, p)
	twins(config, "machine_configuration_input", "machine configuration input", p)
	twins(config, "client_configuration", "client configuration", p)
}

func rulesOfBootstrap(config object, p *problems) {
	twins(config, "client_configuration", "client configuration", p)
}

func rulesOfMachine(config object, p *problems) {
	oneOf(config, "reboot_mode", []string{"DEFAULT", "POWERCYCLE"}, p)
	twins(config, "client_configuration", "client configuration", p)
	twins(config, "machine_configuration", "machine configuration", p)
	if config["kubeconfig"] != nil && config["kubeconfig_wo"] != nil {
		p.fail("Conflicting kubeconfig", "Only one of kubeconfig or kubeconfig_wo can be set, not both.")
	}
	absent := func(name string) bool {
		return !isUnknown(config[name]) && strings.TrimSpace(textOf(config[name])) == ""
	}
	drains := config["drain_on_upgrade"] == nil || config["drain_on_upgrade"] == true
	if image := config["image"]; image != nil && !isUnknown(image) && drains && absent("kubeconfig") && absent("kubeconfig_wo") {
		p.fail("Missing kubeconfig for drain", "drain_on_upgrade = true requires kubeconfig or kubeconfig_wo when image is set.")
	}
}

func rulesOfCluster(config object, p *problems) {
	twins(config, "client_configuration", "client configuration", p)
	node, known := config["node"].(string)
	nodes, all := textsOf(config["control_plane_nodes"])
	if known && all && config["control_plane_nodes"] != nil && !slices.Contains(nodes, node) {
		p.failAt("control_plane_nodes", "node not in control_plane_nodes", fmt.Sprintf("node %q must be included in control_plane_nodes", node))
	}
}

func rulesOfConfiguration(config object, p *problems) {
	notEmpty(config, "cluster_name", p)
	oneOf(config, "machine_type", []string{"controlplane", "worker"}, p)
	version(config, "talos_version", p)
	if endpoint, ok := config["cluster_endpoint"].(string); ok {
		if err := checkEndpoint(endpoint); err != nil {
			p.fail("cluster_endpoint is invalid", err.Error())
		}
	}
	list, _ := config["config_patches"].([]any)
	if patches, known := textsOf(config["config_patches"]); known && len(patches) == len(list) {
		if _, err := configpatcher.LoadPatches(patches); err != nil {
			p.fail("config_patches are invalid", err.Error())
		}
	}
}

func checkEndpoint(endpoint string) error {
	parsed, err := url.Parse(endpoint)
	if err != nil {
		if strings.Contains(endpoint, "/") {
			return fmt.Errorf("failed to parse the cluster endpoint URL: %w", err)
		}
		parsed = &url.URL{Host: endpoint} // perhaps HOST:PORT
	}
	if parsed.Scheme != "https" {
		complaint := "the control plane endpoint URL should have scheme https://"
		if parsed.Scheme == "" {
			complaint = "no scheme specified for the cluster endpoint URL"
			if parsed.Port() == "" {
				complaint = "no scheme and port specified for the cluster endpoint URL"
			}
		}
		better := *parsed
		if better.Scheme == "" && better.Host == "" {
			better.Host, better.Path = better.Path, ""
		}
		if better.Scheme = "https"; better.Port() == "" {
			better.Host += ":6443"
		}
		return fmt.Errorf("%s\ntry: %q", complaint, better.String())
	}
	if err := net.ValidateEndpointURI(endpoint); err != nil {
		return fmt.Errorf("error validating the cluster endpoint URL: %w", err)
	}
	return nil
}

func rulesOfURLs(config object, p *problems) {
	oneOf(config, "architecture", []string{"amd64", "arm64"}, p)
	all := []string{"metal"}
	for _, platform := range platforms.CloudPlatforms() {
		all = append(all, platform.Name)
	}
	oneOf(config, "platform", all, p)
	var boards []string
	for _, board := range platforms.SBCs() {
		boards = append(boards, board.Name)
	}
	oneOf(config, "sbc", boards, p)
	if isUnknown(config["platform"]) || isUnknown(config["sbc"]) {
		return
	}
	if cloud, board := config["platform"] != nil, config["sbc"] != nil; cloud == board {
		count := map[bool]string{false: "No attribute", true: "2 attributes"}[cloud]
		p.fail("Invalid Attribute Combination", count+" specified when one (and only one) of [platform,sbc] is required")
	}
}
