package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"go.yaml.in/yaml/v4"
)

// shared are secrets of contract 1.13: making them takes a second.
var shared = sync.OnceValues(func() (*secrets.Bundle, error) { return newSecrets("v1.13") })

func sharedState(t *testing.T) object {
	t.Helper()
	bundle, err := shared()
	var p problems
	state := object{"talos_version": "v1.13"}
	secretsState(must(t, bundle, err), state, &p)
	if p.failed() {
		t.Fatal(said(p))
	}
	return state
}

func TestEveryTypeOfTheFactsIsServed(t *testing.T) {
	s := start(t).server
	for section, want := range map[string][2]int{
		"resources": {len(s.resources), 7}, "data sources": {len(s.data), 9}, "ephemeral resources": {len(s.ephemerals), 5},
	} {
		if want[0] != want[1] {
			t.Errorf("%s: %d, not %d", section, want[0], want[1])
		}
	}
	if len(resources)+len(dataSources)+len(ephemerals) != 21 {
		t.Error("something behaves that is not in the facts")
	}
}

func TestSecrets(t *testing.T) {
	tf, lines := start(t), journal(t)
	state := tf.create("talos_machine_secrets", object{"talos_version": "v1.13"})
	if state["id"] != "machine_secrets" || state["talos_version"] != "v1.13" {
		t.Errorf("%v", state["id"])
	}
	if key := b64(t, objectOf(state["client_configuration"])["client_key"]); !strings.Contains(key, "ED25519 PRIVATE KEY") {
		t.Error("the client has no key")
	}
	bundle, err := valueToSecrets(objectOf(state["machine_secrets"]))
	if err := must(t, bundle, err).Validate(nil); err != nil {
		t.Error(err)
	}
	if got := secretsToValue(bundle); !reflect.DeepEqual(got, state["machine_secrets"]) {
		t.Error("secrets change on the way to the library and back")
	}

	planned, replaced, _ := tf.plan("talos_machine_secrets", object{"talos_version": "v1.14"}, state)
	if replaced || planned["machine_secrets"] != unknown {
		t.Error("a later version is an update whose secrets are not known before")
	}
	raised, _ := tf.apply("talos_machine_secrets", object{"talos_version": "v1.14"}, state)
	if !reflect.DeepEqual(raised["machine_secrets"], state["machine_secrets"]) || raised["talos_version"] != "v1.14" {
		t.Error("an update keeps the secrets")
	}
	if _, replaced, _ := tf.plan("talos_machine_secrets", object{"talos_version": "1.12"}, state); !replaced {
		t.Error("an earlier version means other secrets")
	}
	if planned, _, _ := tf.plan("talos_machine_secrets", object{}, nil); planned["talos_version"] != "v1.14" {
		t.Errorf("no version means that of the library, not %v", planned["talos_version"])
	}
	if got := lines(); len(got) != 2 || got[0].What != "create" || got[1].What != "update" || got[1].Note != "v1.14" {
		t.Errorf("%+v", got)
	}
	if text := tf.validate("talos_machine_secrets", object{"talos_version": "newest"}); !strings.Contains(text, "Invalid version") {
		t.Error(text)
	}
}

func TestClientsAreRenewed(t *testing.T) {
	bundle, err := shared()
	old := *must(t, bundle, err)
	old.Clock = secrets.NewFixedClock(time.Now().AddDate(0, -11, -15))
	var p problems
	state := object{"talos_version": "v1.13"}
	secretsState(&old, state, &p)
	tf := start(t)
	config := object{"talos_version": "v1.13"}
	planned, _, _ := tf.plan("talos_machine_secrets", config, state)
	if got := unknownIn(planned); len(got) != 3 {
		t.Fatalf("not known: %q", got)
	}
	renewed, _ := tf.apply("talos_machine_secrets", config, state)
	if reflect.DeepEqual(renewed["client_configuration"], state["client_configuration"]) {
		t.Error("the client is as old as before")
	}
	if !reflect.DeepEqual(renewed["machine_secrets"], state["machine_secrets"]) {
		t.Error("the secrets are others")
	}
}

func TestSecretsAreImported(t *testing.T) {
	bundle, err := shared()
	text, err2 := yaml.Marshal(must(t, bundle, err))
	file := filepath.Join(t.TempDir(), "secrets.yaml")
	if err := os.WriteFile(file, must(t, text, err2), 0o600); err != nil {
		t.Fatal(err)
	}
	var p problems
	state := importSecrets(file, &p)
	if p.failed() || state["talos_version"] != "v1.3" || !reflect.DeepEqual(state["machine_secrets"], sharedState(t)["machine_secrets"]) {
		t.Errorf("%s %v", said(p), state["talos_version"])
	}
	for content, complaint := range map[string]string{"[": "unmarshal", "cluster: {}": "lacks secrets", "": "lacks secrets"} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var p problems
		if importSecrets(file, &p); !strings.Contains(said(p), complaint) {
			t.Errorf("%q: %s", content, said(p))
		}
	}
}

// configured returns a machine configuration for the shared secrets.
func configured(t *testing.T, tf terraform, role string, patches ...string) string {
	t.Helper()
	value, text := tf.read("talos_machine_configuration", object{
		"cluster_name": "home", "cluster_endpoint": "https://192.0.2.11:6443", "machine_type": role, "talos_version": "v1.13",
		"kubernetes_version": "v1.34.1", "machine_secrets": sharedState(t)["machine_secrets"], "config_patches": listOf(patches),
	})
	if value == nil {
		t.Fatal(text)
	}
	return textOf(value["machine_configuration"])
}

func TestApply(t *testing.T) {
	tf, lines := start(t), journal(t)
	client := sharedState(t)["client_configuration"]
	config := object{"node": "192.0.2.21", "client_configuration": client, "machine_configuration_input": configured(t, tf, "worker")}
	state := tf.create("talos_machine_configuration_apply", config)
	for name, want := range map[string]any{
		"id": "machine_configuration_apply", "endpoint": "192.0.2.21", "apply_mode": "auto", "resolved_apply_mode": "auto",
		"machine_configuration_hash": digest([]byte(textOf(state["machine_configuration"]))), "on_destroy": nil,
	} {
		if state[name] != want {
			t.Errorf("%s is %v, not %v", name, state[name], want)
		}
	}
	config["config_patches"] = []any{`{"machine":{"sysctls":{"vm.max_map_count":"1"}}}`}
	config["on_destroy"] = object{"reset": true}
	config["apply_mode"] = "staged_if_needing_reboot"
	_, _, text := tf.plan("talos_machine_configuration_apply", config, state)
	if !strings.HasPrefix(text, "WARNING staged_if_needing_reboot") {
		t.Error(text)
	}
	changed, _ := tf.apply("talos_machine_configuration_apply", config, state)
	if !strings.Contains(textOf(changed["machine_configuration"]), "vm.max_map_count") || changed["resolved_apply_mode"] != "auto" {
		t.Error("the patch is not applied")
	}
	if got := changed["on_destroy"]; !reflect.DeepEqual(got, object{"reset": true, "graceful": true, "reboot": false}) {
		t.Errorf("%v", got)
	}
	if text := tf.destroy("talos_machine_configuration_apply", changed); text != "" {
		t.Error(text)
	}
	got := lines()
	want := []entry{
		{"talos_machine_configuration_apply", "create", "192.0.2.21", "worker, mode auto"},
		{"talos_machine_configuration_apply", "update", "192.0.2.21", "worker, mode auto"},
		{"talos_machine_configuration_apply", "delete", "192.0.2.21", "reset, graceful true, reboot false"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	changed["client_configuration"] = nil
	if text := tf.destroy("talos_machine_configuration_apply", changed); !strings.Contains(text, "needs client_configuration") {
		t.Error(text)
	}
}

func TestApplyOfWhatIsNotStored(t *testing.T) {
	tf := start(t)
	config := object{
		"node": "192.0.2.21", "client_configuration_wo": sharedState(t)["client_configuration"],
		"machine_configuration_input_wo": configured(t, tf, "worker"),
	}
	state := tf.create("talos_machine_configuration_apply", config)
	for _, name := range []string{"client_configuration_wo", "machine_configuration_input_wo", "machine_configuration"} {
		if state[name] != nil {
			t.Errorf("%s is in the state", name)
		}
	}
	before := state["machine_configuration_hash"]
	config["machine_configuration_input_wo"] = configured(t, tf, "worker", `{"machine":{"sysctls":{"vm.max_map_count":"1"}}}`)
	if after, _ := tf.apply("talos_machine_configuration_apply", config, state); after["machine_configuration_hash"] == before {
		t.Error("another configuration has the same hash")
	}
}

func TestApplyRefuses(t *testing.T) {
	tf := start(t)
	good := func() object {
		return object{
			"node": "192.0.2.21", "client_configuration": sharedState(t)["client_configuration"],
			"machine_configuration_input": configured(t, tf, "worker"),
		}
	}
	for complaint, spoil := range map[string]func(object){
		"Error loading config patches":                     func(c object) { c["config_patches"] = []any{`{"machine":{"nosuch":1}}`} },
		"Error applying config patches":                    func(c object) { c["config_patches"] = []any{`[{"op":"remove","path":"/nosuch"}]`} },
		"neither may be empty":                             func(c object) { c["node"] = "" },
		"illegal base64 data":                              func(c object) { objectOf(c["client_configuration"])["client_key"] = "no base64!" },
		"the node would refuse this machine configuration": func(c object) { c["config_patches"] = []any{`{"machine":{"network":{"hostname":"w-1"}}}`} },
		"there is no document of version v1alpha1": func(c object) {
			c["machine_configuration_input"] = "apiVersion: v1alpha1\nkind: HostnameConfig\nauto: stable\n"
		},
	} {
		config := good()
		spoil(config)
		if state, text := tf.apply("talos_machine_configuration_apply", config, nil); state != nil || !strings.Contains(text, complaint) {
			t.Errorf("%s: %s", complaint, text)
		}
	}
	config := good()
	config["machine_configuration_input"] = unknown
	if planned, _, _ := tf.plan("talos_machine_configuration_apply", config, nil); planned["machine_configuration_hash"] != unknown {
		t.Error("what is not known has no hash")
	}
}

func TestBootstrapAndKubeconfig(t *testing.T) {
	tf, lines := start(t), journal(t)
	config := object{"node": "192.0.2.11", "client_configuration": sharedState(t)["client_configuration"]}
	state := tf.create("talos_machine_bootstrap", config)
	if state["id"] != "machine_bootstrap" || state["endpoint"] != "192.0.2.11" {
		t.Errorf("%v", state)
	}
	imported := resources["talos_machine_bootstrap"].importing("anything", nil)
	if adopted, text := tf.apply("talos_machine_bootstrap", config, imported); adopted == nil || adopted["node"] != "192.0.2.11" {
		t.Error(text)
	}
	kube := tf.create("talos_cluster_kubeconfig", config)
	parts := objectOf(kube["kubernetes_client_configuration"])
	if parts["host"] != "https://192.0.2.11:6443" || kube["certificate_renewal_duration"] != "720h" {
		t.Errorf("%v", parts["host"])
	}
	raw := textOf(kube["kubeconfig_raw"])
	if !strings.Contains(b64(t, parts["ca_certificate"]), "BEGIN CERTIFICATE") || !strings.Contains(raw, textOf(parts["client_key"])) {
		t.Error("this is no kubeconfig")
	}
	config["certificate_renewal_duration"] = "9000h"
	planned, _, _ := tf.plan("talos_cluster_kubeconfig", config, kube)
	if len(unknownIn(planned)) != 5 {
		t.Errorf("a client that ends sooner is renewed, not known is %q", unknownIn(planned))
	}
	delete(config, "certificate_renewal_duration")
	bundle, err := shared()
	authority := must(t, bundle, err).Certs.K8s
	old, err := signed(authority, kubernetesAdmin, time.Now().AddDate(-1, 0, 0), time.Now().AddDate(0, 0, 20), "")
	kube["kubeconfig_raw"], kube["kubernetes_client_configuration"] = kubeconfig("home", "https://192.0.2.11:6443", authority.Crt, must(t, old, err))
	renewed, text := tf.apply("talos_cluster_kubeconfig", config, kube)
	if renewed == nil || renewed["kubeconfig_raw"] == kube["kubeconfig_raw"] {
		t.Errorf("a client of 20 days is renewed: %s", text)
	}
	if got := lines(); len(got) != 4 || got[0].Type != "talos_machine_bootstrap" || got[3].Type != "talos_cluster_kubeconfig" {
		t.Errorf("%+v", got)
	}
}

func TestSchematic(t *testing.T) {
	tf := start(t)
	for text, id := range map[string]string{
		"": "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba",
		"customization: {systemExtensions: {officialExtensions: [siderolabs/qemu-guest-agent]}}"://
		"ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515",
	} {
		if state := tf.create("talos_image_factory_schematic", object{"schematic": text}); state["id"] != id {
			t.Errorf("%q: %v", text, state["id"])
		}
	}
	state := tf.create("talos_image_factory_schematic", object{})
	if planned, _, _ := tf.plan("talos_image_factory_schematic", object{"schematic": "customization: {}"}, state); planned["id"] != unknown {
		t.Error("the id of a changed schematic is not known at plan")
	}
	for text, complaint := range map[string]string{
		"customisation: {}": "WARNING the image factory would refuse", "- a": "ERROR failed to unmarshal schematic",
	} {
		if _, got := tf.apply("talos_image_factory_schematic", object{"schematic": text}, nil); !strings.HasPrefix(got, complaint) {
			t.Error(got)
		}
	}
}

func TestMachineAndCluster(t *testing.T) {
	tf, lines := start(t), journal(t)
	config := object{
		"node": "192.0.2.21", "client_configuration": sharedState(t)["client_configuration"],
		"machine_configuration": configured(t, tf, "worker"), "image": "factory.talos.dev/nocloud-installer/abc:v1.13.8", "kubeconfig": "x",
	}
	state := tf.create("talos_machine", config)
	if state["id"] != "192.0.2.21" || state["endpoint"] != "192.0.2.21" || state["reboot_mode"] != "DEFAULT" || state["drain_on_upgrade"] != true {
		t.Errorf("%v", state["id"])
	}
	config["image"] = "factory.talos.dev/nocloud-installer/abc:v1.13.9"
	if after, _ := tf.apply("talos_machine", config, state); after["machine_configuration_hash"] != state["machine_configuration_hash"] {
		t.Error("an upgrade changes no configuration")
	}
	config["node"] = "192.0.2.22"
	if _, replaced, _ := tf.plan("talos_machine", config, state); !replaced {
		t.Error("another node is another machine")
	}
	if got := lines(); len(got) != 2 || got[1].Note != "worker, upgrade to factory.talos.dev/nocloud-installer/abc:v1.13.9" {
		t.Errorf("%+v", got)
	}
	cluster := object{"node": "192.0.2.11", "kubernetes_version": "1.34.1", "client_configuration": config["client_configuration"]}
	made := tf.create("talos_cluster", cluster)
	if made["id"] != "192.0.2.11" || !reflect.DeepEqual(made["control_plane_nodes"], []any{"192.0.2.11"}) {
		t.Errorf("%v", made)
	}
	cluster["kubernetes_version"] = "1.35.0"
	tf.apply("talos_cluster", cluster, made)
	if got := lines(); len(got) != 2 || got[0].Note != "bootstrap" || got[1].Note != "upgrade of Kubernetes to 1.35.0" {
		t.Errorf("%+v", got)
	}
}

func TestHashIgnoresVersionsOfKubernetesOnRequest(t *testing.T) {
	for _, template := range []string{
		"machine: {kubelet: {image: 'ghcr.io/siderolabs/kubelet:V'}}\n", "cluster: {proxy: {image: 'ghcr.io:443/proxy:V'}}\n",
		"kind: KubeSchedulerConfig\nimage: scheduler:V\n",
	} {
		one, other := strings.ReplaceAll(template, "V", "v1.34.1"), strings.ReplaceAll(template, "V", "v1.35.0")
		if hash(one, false) == hash(other, false) || hash(one, true) != hash(other, true) {
			t.Error(template)
		}
	}
	if hash("a: 1\nb: 2\n", false) != hash("b: 2\na: 1\n", false) {
		t.Error("the order of keys matters")
	}
}
