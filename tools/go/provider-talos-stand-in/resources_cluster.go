package main

import (
	"slices"
	"time"

	"github.com/siderolabs/image-factory/pkg/schematic"
	"go.yaml.in/yaml/v4"
)

func applyBootstrap(c *change, p *problems) {
	c.planned["id"] = "machine_bootstrap"
	if c.creates() {
		reach(c, p)
	}
	note(entry{Type: "talos_machine_bootstrap"}, c, p)
}

func planKubeconfig(c *change, p *problems) {
	if !endpointIsNode(c) {
		return
	}
	client := objectOf(c.prior["kubernetes_client_configuration"])
	if client["client_certificate"] == nil {
		return
	}
	renewal, err := time.ParseDuration(given(c.config, "certificate_renewal_duration", textOf(c.prior["certificate_renewal_duration"])))
	if err != nil {
		p.fail("failed to parse certificate renewal duration in plan", err.Error())
		return
	}
	if endsBefore(client, time.Now().Add(renewal), p) {
		c.planned["kubeconfig_raw"] = unknown
		c.planned["kubernetes_client_configuration"] = object{
			"host": unknown, "ca_certificate": unknown, "client_certificate": unknown, "client_key": unknown,
		}
	}
}

func applyKubeconfig(c *change, p *problems) {
	reach(c, p)
	c.planned["id"] = inventedCluster
	if c.creates() || isUnknown(c.planned["kubeconfig_raw"]) {
		text, parts, err := inventedKubeconfig(textOf(c.planned["node"]))
		if err != nil {
			p.fail("failed to retrieve kubeconfig", err.Error())
			return
		}
		c.planned["kubeconfig_raw"], c.planned["kubernetes_client_configuration"] = text, parts
	}
	note(entry{Type: "talos_cluster_kubeconfig"}, c, p)
}

func planCluster(c *change, _ *problems) {
	if c.config["endpoint"] == nil && !isUnknown(c.planned["node"]) {
		c.planned["endpoint"] = c.planned["node"]
	}
	if c.config["control_plane_nodes"] == nil && !isUnknown(c.planned["node"]) {
		c.planned["control_plane_nodes"] = []any{c.planned["node"]}
	}
}

func applyCluster(c *change, p *problems) {
	reach(c, p)
	nodes, _ := textsOf(c.planned["control_plane_nodes"])
	if slices.Contains(nodes, "") {
		p.fail("error waiting for cluster health", "a name in control_plane_nodes is empty")
		return
	}
	// The id is that of the node of the first time.
	what := "bootstrap"
	if c.creates() {
		c.planned["id"] = c.planned["node"]
	} else if what = ""; c.planned["kubernetes_version"] != c.prior["kubernetes_version"] {
		what = "upgrade of Kubernetes to " + textOf(c.planned["kubernetes_version"])
	}
	note(entry{Type: "talos_cluster", Note: what}, c, p)
}

// applySchematic computes what the image factory would answer.
func applySchematic(c *change, p *problems) {
	var asked schematic.Schematic
	text := textOf(c.config["schematic"])
	if text != "" {
		if err := yaml.Unmarshal([]byte(text), &asked); err != nil {
			p.fail("failed to unmarshal schematic", err.Error())
			return
		}
		// The factory refuses unknown fields; the provider does not send them.
		if _, err := schematic.Unmarshal([]byte(text)); err != nil {
			p.warn("the image factory would refuse this schematic, and the provider leaves out what it does not know", err.Error())
		}
	}
	id, err := asked.ID()
	if err != nil {
		p.fail("failed to create schematic", err.Error())
		return
	}
	c.planned["id"] = id
	note(entry{Type: "talos_image_factory_schematic", Note: id}, c, p)
}
