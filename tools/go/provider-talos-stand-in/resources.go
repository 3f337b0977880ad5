package main

import "fmt"

var onDestroy = object{"reset": false, "graceful": true, "reboot": false}

// resources are the types of resources, each with what the provider does beside talking to machines.
var resources = map[string]*resource{
	"talos_machine_secrets": {
		rules: func(config object, p *problems) { version(config, "talos_version", p) },
		keep:  []string{"id"}, modify: planSecrets, apply: applySecrets, importing: importSecrets,
	},
	"talos_machine_configuration_apply": {
		rules: rulesOfApply, defaults: object{"apply_mode": "auto", "on_destroy": onDestroy},
		keep: []string{"id", "machine_configuration", "machine_configuration_hash"}, modify: planApply, apply: applyApply,
		destroy: func(state object, p *problems) { reset("talos_machine_configuration_apply", state, p) },
	},
	"talos_machine_bootstrap": {
		rules: rulesOfBootstrap, keep: []string{"id"}, modify: func(c *change, _ *problems) { endpointIsNode(c) },
		apply: applyBootstrap,
		importing: func(string, *problems) object {
			return object{"id": "machine_bootstrap", "timeouts": object{"create": nil}}
		},
	},
	"talos_cluster_kubeconfig": {
		rules:    func(config object, p *problems) {},
		defaults: object{"certificate_renewal_duration": "720h"}, keep: []string{"id", "kubeconfig_raw", "kubernetes_client_configuration"},
		modify: planKubeconfig, apply: applyKubeconfig,
	},
	"talos_image_factory_schematic": {apply: applySchematic},
	"talos_machine": {
		rules: rulesOfMachine,
		defaults: object{
			"reboot_mode": "DEFAULT", "drain_on_upgrade": true, "ignore_kubernetes_upgrade_drift": false, "on_destroy": onDestroy,
		},
		keep: []string{"id", "endpoint", "image"}, modify: planMachine, apply: applyMachine,
		destroy: func(state object, p *problems) { reset("talos_machine", state, p) },
	},
	"talos_cluster": {
		rules: rulesOfCluster, keep: []string{"id", "endpoint", "control_plane_nodes"}, modify: planCluster, apply: applyCluster,
	},
}

// endpointIsNode is what an endpoint is that is not given; false as long as that is not known.
func endpointIsNode(c *change) bool {
	if isUnknown(c.config["endpoint"]) || isUnknown(c.config["node"]) {
		return false
	}
	if c.config["endpoint"] == nil {
		c.planned["endpoint"] = c.config["node"]
	}
	return true
}

// reach completes the endpoint and checks what a connection needs.
func reach(c *change, p *problems) {
	if c.planned["endpoint"] = c.config["endpoint"]; c.planned["endpoint"] == nil {
		c.planned["endpoint"] = c.config["node"]
	}
	if textOf(c.config["node"]) == "" || textOf(c.planned["endpoint"]) == "" {
		p.fail("there is nobody to talk to", "node and endpoint are names or addresses of a machine; neither may be empty.")
	}
	if _, err := talosconfig("dynamic", objectOf(c.effective("client_configuration")), nil, nil); err != nil {
		p.fail("Error converting config to talos client config", err.Error())
	}
}

// note writes to the journal, which must not be lost.
func note(one entry, c *change, p *problems) {
	if one.What = "update"; c.creates() {
		one.What = "create"
	}
	one.Node = textOf(c.planned["node"])
	if err := record(one); err != nil {
		p.fail("the journal of the stand-in cannot be written", err.Error())
	}
}

// reset is the end of a machine that on_destroy may ask for.
func reset(typeName string, state object, p *problems) {
	one := entry{Type: typeName, What: "delete", Node: textOf(state["node"])}
	if wishes := objectOf(state["on_destroy"]); boolOf(wishes["reset"]) {
		if state["client_configuration"] == nil {
			p.fail("Client configuration issue during destroy",
				"client_configuration_wo is not in the state, so a reset needs client_configuration.")
			return
		}
		one.Note = fmt.Sprintf("reset, graceful %t, reboot %t", boolOf(wishes["graceful"]), boolOf(wishes["reboot"]))
	}
	if err := record(one); err != nil {
		p.fail("the journal of the stand-in cannot be written", err.Error())
	}
}
