package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
)

func TestMachineConfiguration(t *testing.T) {
	tf := start(t)
	asked := func() object {
		return object{
			"cluster_name": "home", "cluster_endpoint": "https://192.0.2.11:6443", "machine_type": "controlplane", "talos_version": "v1.14",
			"kubernetes_version": "1.34.1", "machine_secrets": sharedState(t)["machine_secrets"],
		}
	}
	first, text := tf.read("talos_machine_configuration", asked())
	if first == nil || text != "" || first["id"] != "home" {
		t.Fatal(text)
	}
	if again, _ := tf.read("talos_machine_configuration", asked()); !reflect.DeepEqual(first, again) {
		t.Error("the same arguments give another configuration")
	}
	loaded, err := configloader.NewFromBytes([]byte(textOf(first["machine_configuration"])))
	if must(t, loaded, err).Machine().Type().String() != "controlplane" {
		t.Error("the role is another one")
	}
	for _, word := range []string{"kind: KubeAPIServerConfig", "kube-apiserver:v1.34.1", "diskSelector"} {
		if !strings.Contains(textOf(first["machine_configuration"]), word) {
			t.Errorf("there is no %s", word)
		}
	}
	for complaint, spoil := range map[string]func(object){
		"the node would refuse this machine configuration": func(c object) {
			c["config_patches"] = []any{`{"cluster":{"network":{"cni":{"name":"none"}}}}`}
		},
		"validate: ERROR config_patches are invalid":     func(c object) { c["config_patches"] = []any{`{"machine":{"nosuch":1}}`} },
		"validate: ERROR cluster_endpoint is invalid":    func(c object) { c["cluster_endpoint"] = "192.0.2.11" },
		"failed to generate machine configuration":       func(c object) { c["config_patches"] = []any{`[{"op":"add","path":"/a","value":1}]`} },
		"validate: ERROR Invalid version":                func(c object) { c["talos_version"] = "newest" },
		"certs.os.key: illegal base64":                   func(c object) { objectOf(objectOf(objectOf(c["machine_secrets"])["certs"])["os"])["key"] = "?" },
		`one of: ["controlplane" "worker"], got: "init"`: func(c object) { c["machine_type"] = "init" },
		"string length must be at least 1":               func(c object) { c["cluster_name"] = "" },
	} {
		config := asked()
		spoil(config)
		if value, text := tf.read("talos_machine_configuration", config); value != nil || !strings.Contains(text, complaint) {
			t.Errorf("%s: %s", complaint, text)
		}
	}
	old := asked()
	old["talos_version"], old["config_patches"] = "v1.13", []any{`{"cluster":{"network":{"cni":{"name":"none"}}}}`}
	if value, text := tf.read("talos_machine_configuration", old); value == nil || text != "" {
		t.Errorf("under contract 1.13 this patch is right: %s", text)
	}
}

func TestTalosconfig(t *testing.T) {
	tf := start(t)
	client := objectOf(sharedState(t)["client_configuration"])
	value, text := tf.read("talos_client_configuration", object{
		"cluster_name": "home", "client_configuration": client, "endpoints": []any{"192.0.2.11"}, "nodes": []any{"192.0.2.11", "192.0.2.21"},
	})
	if value == nil {
		t.Fatal(text)
	}
	want := "context: home\ncontexts:\n    home:\n        endpoints:\n            - 192.0.2.11\n        nodes:\n            - 192.0.2.11\n" +
		"            - 192.0.2.21\n        ca: " + textOf(client["ca_certificate"]) + "\n        crt: " + textOf(client["client_certificate"]) +
		"\n        key: " + textOf(client["client_key"]) + "\n"
	if value["talos_config"] != want {
		t.Errorf("%s", value["talos_config"])
	}
}

func TestURLs(t *testing.T) {
	tf := start(t)
	nocloud, text := tf.read("talos_image_factory_urls", object{"talos_version": "1.13.9", "schematic_id": "abc", "platform": "nocloud"})
	if nocloud == nil {
		t.Fatal(text)
	}
	base := "https://factory.talos.dev/image/abc/v1.13.9/nocloud-amd64"
	want := object{
		"installer": "factory.talos.dev/nocloud-installer/abc:v1.13.9", "disk_image": base + ".raw.xz", "iso": base + ".iso",
		"installer_secureboot":  "factory.talos.dev/nocloud-installer-secureboot/abc:v1.13.9",
		"disk_image_secureboot": base + "-secureboot.raw.xz", "iso_secureboot": base + "-secureboot.iso",
		"pxe":    "https://pxe.factory.talos.dev/pxe/abc/v1.13.9/nocloud-amd64",
		"kernel": nil, "kernel_command_line": nil, "initramfs": nil, "uki": nil,
	}
	if !reflect.DeepEqual(nocloud["urls"], want) {
		t.Errorf("%v", nocloud["urls"])
	}
	tf.server.factory = "http://factory.lan:8080"
	metal, _ := tf.read("talos_image_factory_urls", object{
		"talos_version": "v1.13.9", "schematic_id": "abc", "platform": "metal", "architecture": "arm64",
	})
	if urls := objectOf(metal["urls"]); urls["disk_image"] != "http://factory.lan:8080/image/abc/v1.13.9/metal-arm64.raw.zst" ||
		urls["installer"] != "factory.lan:8080/metal-installer/abc:v1.13.9" {
		t.Errorf("%v", metal["urls"])
	}
	board, _ := tf.read("talos_image_factory_urls", object{"talos_version": "v1.13.9", "schematic_id": "abc", "sbc": "rpi_generic"})
	if objectOf(board["urls"])["disk_image"] != "http://factory.lan:8080/image/abc/v1.13.9/metal-arm64.raw.xz" {
		t.Errorf("%v", board["urls"])
	}
	for complaint, config := range map[string]object{
		"No attribute specified":             {"talos_version": "v1.13.9", "schematic_id": "abc"},
		"2 attributes specified":             {"talos_version": "v1.13.9", "schematic_id": "abc", "sbc": "rpi_generic", "platform": "metal"},
		"Attribute platform":                 {"talos_version": "v1.13.9", "schematic_id": "abc", "platform": "proxmox"},
		"Attribute architecture":             {"talos_version": "v1.13.9", "schematic_id": "abc", "platform": "metal", "architecture": "x86"},
		"not a valid semantic version":       {"talos_version": "new", "schematic_id": "abc", "platform": "metal"},
		`Attribute sbc value must be one of`: {"talos_version": "v1.13.9", "schematic_id": "abc", "sbc": "rpi"},
	} {
		if value, text := tf.read("talos_image_factory_urls", config); value != nil || !strings.Contains(text, complaint) {
			t.Errorf("%s: %s", complaint, text)
		}
	}
}

func TestInventedAnswersFitTheSchema(t *testing.T) {
	tf := start(t)
	client := sharedState(t)["client_configuration"]
	for name, config := range map[string]object{
		"talos_cluster_health":                    {"client_configuration": client, "control_plane_nodes": []any{"n"}, "endpoints": []any{"n"}},
		"talos_cluster_kubeconfig":                {"client_configuration": client, "node": "2001:db8::1"},
		"talos_machine_disks":                     {"client_configuration": client, "node": "n"},
		"talos_image_factory_versions":            {},
		"talos_image_factory_extensions_versions": {"talos_version": "v1.13.9", "exact_filters": object{"names": []any{"qemu-guest-agent"}}},
		"talos_image_factory_overlays_versions":   {"talos_version": "v1.13.9"},
	} {
		value, text := tf.read(name, config)
		if value == nil || textOf(value["id"]) == "" {
			t.Errorf("%s: %s", name, text)
		}
		for attribute, facts := range tf.server.facts.Data[name].Block.Attributes {
			if facts.Computed && value[attribute] == nil {
				t.Errorf("%s.%s is null", name, attribute)
			}
		}
	}
}

func TestEphemeralResourcesAreTheSameEachTime(t *testing.T) {
	tf := start(t)
	given := sharedState(t)["machine_secrets"]
	for name, config := range map[string]object{
		"talos_client_configuration": {"cluster_name": "home", "machine_secrets": given, "endpoints": []any{"192.0.2.11"}},
		"talos_cluster_kubeconfig": {
			"cluster_name": "home", "machine_secrets": given, "endpoint": "https://192.0.2.11:6443",
			"not_before": "2026-01-01T00:00:00Z", "crt_ttl": "24h",
		},
		"talos_machine_configuration": {
			"cluster_name": "home", "cluster_endpoint": "https://192.0.2.11:6443", "machine_type": "worker", "machine_secrets": given,
			"talos_version": "v1.13",
		},
		"talos_cluster_health": {"client_configuration": sharedState(t)["client_configuration"], "control_plane_nodes": []any{"n"}, "endpoints": []any{"n"}},
	} {
		first := tf.open(name, config)
		if name == "talos_cluster_health" {
			continue // it has nothing but its arguments, and a client in them that is new each time
		}
		if again := tf.open(name, config); !reflect.DeepEqual(first, again) {
			t.Errorf("%s is another one the second time", name)
		}
	}
	made := tf.open("talos_machine_secrets", object{})
	bundle, err := valueToSecrets(objectOf(made["machine_secrets"]))
	if err := must(t, bundle, err).Validate(nil); err != nil || made["talos_version"] != "v1.14" {
		t.Errorf("%v %v", err, made["talos_version"])
	}
}
