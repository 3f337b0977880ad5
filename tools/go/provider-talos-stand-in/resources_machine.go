package main

import (
	"fmt"

	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
)

func planApply(c *change, p *problems) {
	if !endpointIsNode(c) {
		return
	}
	input := c.effective("machine_configuration_input")
	if isUnknown(input) || isUnknown(c.config["config_patches"]) {
		c.planned["machine_configuration"], c.planned["machine_configuration_hash"] = unknown, unknown
		return
	}
	patches, known := textsOf(c.config["config_patches"])
	if !known || input == nil {
		return
	}
	if _, err := configpatcher.LoadPatches(patches); err != nil {
		p.fail("Error loading config patches", err.Error())
		return
	}
	text, err := patchConfiguration(textOf(input), patches)
	if err != nil {
		p.fail("Error applying config patches", err.Error())
		return
	}
	c.planned["machine_configuration_hash"], c.planned["machine_configuration"] = digest([]byte(text)), text
	if c.config["machine_configuration_input_wo"] != nil {
		c.planned["machine_configuration"] = nil
	}
	mode := given(c.planned, "apply_mode", "auto")
	if mode == "staged_if_needing_reboot" {
		p.warn("staged_if_needing_reboot is not supported on Talos 1.14+",
			"Such a node does not say whether it needs a reboot; the mode is auto.")
		mode = "auto"
	}
	c.planned["resolved_apply_mode"] = mode
}

func applyApply(c *change, p *problems) {
	reach(c, p)
	patches, _ := textsOf(c.config["config_patches"])
	text, err := patchConfiguration(textOf(c.effective("machine_configuration_input")), patches)
	if err != nil {
		p.fail("Error computing machine configuration", err.Error())
		return
	}
	judged := judge(text, p)
	if p.failed() {
		return
	}
	c.planned["id"] = "machine_configuration_apply"
	note(entry{
		Type: "talos_machine_configuration_apply",
		Note: fmt.Sprintf("%s, mode %s", judged.Machine().Type(), textOf(c.planned["resolved_apply_mode"])),
	}, c, p)
}

func planMachine(c *change, _ *problems) {
	if c.config["endpoint"] == nil && !isUnknown(c.planned["node"]) {
		c.planned["endpoint"] = c.planned["node"]
	}
	if !c.creates() && c.planned["node"] != c.prior["node"] {
		c.replace = append(c.replace, "node")
	}
	c.planned["machine_configuration_hash"] = unknown
	if text, known := c.effective("machine_configuration").(string); known && !c.creates() {
		if same := hash(text, boolOf(c.planned["ignore_kubernetes_upgrade_drift"])); same == c.prior["machine_configuration_hash"] {
			c.planned["machine_configuration_hash"] = same
		}
	}
}

func applyMachine(c *change, p *problems) {
	reach(c, p)
	text := textOf(c.effective("machine_configuration"))
	judged := judge(text, p)
	if p.failed() {
		return
	}
	c.planned["id"] = c.planned["node"]
	c.planned["machine_configuration_hash"] = hash(text, boolOf(c.planned["ignore_kubernetes_upgrade_drift"]))
	if isUnknown(c.planned["image"]) {
		c.planned["image"] = vanillaInstaller()
	}
	what := judged.Machine().Type().String()
	if !c.creates() {
		if c.planned["image"] != c.prior["image"] {
			what += ", upgrade to " + textOf(c.planned["image"])
		}
		if c.planned["machine_configuration_hash"] != c.prior["machine_configuration_hash"] {
			what += ", apply"
		}
	}
	note(entry{Type: "talos_machine", Note: what}, c, p)
}
