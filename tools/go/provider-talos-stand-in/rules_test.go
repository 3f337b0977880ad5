package main

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func TestRulesOfResources(t *testing.T) {
	tf := start(t)
	client := object{"ca_certificate": "YQ==", "client_certificate": "YQ==", "client_key": "YQ=="}
	for _, one := range []struct {
		name      string
		config    object
		complaint string
	}{
		{"talos_machine_configuration_apply", object{"node": "n", "client_configuration": client, "machine_configuration_input": unknown}, ""},
		{"talos_machine_configuration_apply", object{"node": "n", "client_configuration": client}, "Missing machine configuration input"},
		{"talos_machine_configuration_apply", object{"node": "n", "machine_configuration_input": "x"}, "Missing client configuration"},
		{
			"talos_machine_configuration_apply",
			object{"node": "n", "client_configuration": client, "machine_configuration_input": "x", "machine_configuration_input_wo": "x"},
			"Only one of machine_configuration_input or machine_configuration_input_wo can be set, not both",
		},
		{
			"talos_machine_configuration_apply",
			object{"node": "n", "client_configuration": client, "client_configuration_wo": client, "machine_configuration_input": "x"},
			"Conflicting client configuration",
		},
		{
			"talos_machine_configuration_apply",
			object{"node": "n", "client_configuration": client, "machine_configuration_input": "x", "apply_mode": "later"},
			`Attribute apply_mode value must be one of`,
		},
		{"talos_machine_bootstrap", object{"node": "n"}, "Missing client configuration"},
		{"talos_machine_bootstrap", object{"node": "n", "client_configuration_wo": unknown}, ""},
		{"talos_machine", object{"node": "n", "client_configuration": client, "machine_configuration": "x"}, ""},
		{"talos_machine", object{"node": "n", "client_configuration": client}, "Missing machine configuration"},
		{
			"talos_machine", object{"node": "n", "client_configuration": client, "machine_configuration": "x", "image": "i"},
			"Missing kubeconfig for drain",
		},
		{
			"talos_machine", object{"node": "n", "client_configuration": client, "machine_configuration": "x", "image": "i", "drain_on_upgrade": false},
			"",
		},
		{
			"talos_machine", object{"node": "n", "client_configuration": client, "machine_configuration": "x", "kubeconfig": "k", "kubeconfig_wo": "k"},
			"Conflicting kubeconfig",
		},
		{
			"talos_machine", object{"node": "n", "client_configuration": client, "machine_configuration": "x", "reboot_mode": "SOFT"},
			"Attribute reboot_mode",
		},
		{
			"talos_cluster",
			object{"node": "n", "client_configuration": client, "kubernetes_version": "1.34.1", "control_plane_nodes": []any{"m"}},
			`node "n" must be included in control_plane_nodes`,
		},
		{
			"talos_cluster",
			object{"node": "n", "client_configuration": client, "kubernetes_version": "1.34.1", "control_plane_nodes": []any{"m", unknown}},
			"",
		},
		{"talos_cluster_kubeconfig", object{"node": "n", "client_configuration": client, "timeouts": object{"create": "20m"}}, ""},
		{
			"talos_cluster_kubeconfig", object{"node": "n", "client_configuration": client, "timeouts": object{"create": "20"}},
			`create: "20" is no duration`,
		},
	} {
		got := tf.validate(one.name, one.config)
		if (one.complaint == "") != (got == "") || !strings.Contains(got, one.complaint) {
			t.Errorf("%s: %q is not %q", one.name, got, one.complaint)
		}
	}
}

func TestWriteOnlyNeedsARecentTerraform(t *testing.T) {
	tf := start(t)
	answer, err := tf.server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: "talos_machine_bootstrap", Config: tf.dynamic("talos_machine_bootstrap", object{"node": "n", "client_configuration_wo": unknown}),
	})
	if text := said(must(t, answer, err).Diagnostics); !strings.Contains(text, "WriteOnly Attribute Not Allowed") {
		t.Error(text)
	}
}

func TestEndpoints(t *testing.T) {
	for endpoint, complaint := range map[string]string{
		"https://192.0.2.11:6443":   "",
		"https://[2001:db8::1]:443": "",
		"https://k8s.lan":           "",
		"192.0.2.11":                "no scheme and port specified for the cluster endpoint URL\ntry: \"https://192.0.2.11:6443\"",
		"192.0.2.11:6443":           "no scheme specified for the cluster endpoint URL\ntry: \"https://192.0.2.11:6443\"",
		"http://k8s.lan:6443":       "the control plane endpoint URL should have scheme https://\ntry: \"https://k8s.lan:6443\"",
		"https://k8s.lan:99999":     "error validating the cluster endpoint URL",
	} {
		got := ""
		if err := checkEndpoint(endpoint); err != nil {
			got = err.Error()
		}
		if (complaint == "") != (got == "") || !strings.Contains(got, complaint) {
			t.Errorf("%s: %q", endpoint, got)
		}
	}
}
