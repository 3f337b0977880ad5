package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/config"
)

// ask sends requests as a program would, and reads as many answers.
func ask(t *testing.T, requests ...request) []answer {
	t.Helper()
	var in, out bytes.Buffer
	for _, one := range requests {
		if err := json.NewEncoder(&in).Encode(one); err != nil {
			t.Fatal(err)
		}
	}
	if err := serve(&in, &out); err != nil {
		t.Fatal(err)
	}
	var answers []answer
	for decoder := json.NewDecoder(&out); decoder.More(); {
		var one answer
		if err := decoder.Decode(&one); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, one)
	}
	if len(answers) != len(requests) {
		t.Fatalf("%d requests, %d answers", len(requests), len(answers))
	}
	return answers
}

func machineOf(contract, role string, patches ...string) request {
	return request{
		Contract: contract, MachineType: role, ClusterName: "home", Endpoint: "https://192.0.2.10:6443",
		KubernetesVersion: "1.34.1", Patches: patches,
	}
}

func contracts(t *testing.T) []string {
	t.Helper()
	own, err := config.ParseContractFromVersion(release())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for minor := 12; minor <= own.Minor; minor++ {
		all = append(all, fmt.Sprintf("v1.%d", minor))
	}
	return all
}

func TestEveryContractAndRoleIsValid(t *testing.T) {
	for _, contract := range contracts(t) {
		for _, role := range []string{"controlplane", "worker"} {
			asked := machineOf(contract, role, `{"machine":{"sysctls":{"vm.max_map_count":"262144"}}}`)
			asked.InstallImage, asked.InstallDisk = "factory.talos.dev/nocloud-installer/abc:v1.12.0", "/dev/vda"
			got := ask(t, asked)[0]
			if !got.OK || got.Warnings == nil || len(got.Warnings) != 0 {
				t.Errorf("%s %s: %s %s %q", contract, role, got.Stage, got.Error, got.Warnings)
			}
			for _, text := range []string{"type: " + role, "vm.max_map_count", "/dev/vda", "nocloud-installer/abc"} {
				if !strings.Contains(got.Config, text) {
					t.Errorf("%s %s: no %q in\n%s", contract, role, text, got.Config)
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	own := contracts(t)[len(contracts(t))-1]
	for name, one := range map[string]struct {
		asked        request
		stage, error string
	}{
		"newer contract":      {machineOf("v1.99", "worker"), "generate", "newer than this library, which is " + release()},
		"no contract":         {machineOf("latest", "worker"), "generate", `error parsing version`},
		"no role":             {machineOf(own, "init"), "generate", "controlplane or worker"},
		"unknown field":       {machineOf(own, "worker", `{"machine":{"nosuch":1}}`), "patch", "unknown keys found during decoding:\nmachine:\n    nosuch: 1"},
		"unknown kind":        {machineOf(own, "worker", "apiVersion: v1alpha1\nkind: NoSuchConfig\n"), "patch", "NoSuchConfig"},
		"host name twice":     {machineOf(own, "worker", `{"machine":{"network":{"hostname":"w1"}}}`), "validate", "static hostname is already set"},
		"automatic host name": {machineOf(own, "worker", "apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: w1\n"), "validate", "'auto' and 'hostname'"},
		"no such check":       {request{Check: "weather"}, "request", `no check "weather"`},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, one.asked)[0]
			if got.OK || got.Stage != one.stage || !strings.Contains(got.Error, one.error) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestLinesThatAreNoRequests(t *testing.T) {
	var out bytes.Buffer
	if err := serve(strings.NewReader("\n{\"contrakt\":\"v1.12\"}\nnonsense"), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "line 2") || !strings.Contains(lines[0], "contrakt") || !strings.Contains(lines[1], "line 3") {
		t.Errorf("%q", lines)
	}
}

func TestKubernetes(t *testing.T) {
	of := func(talos, kubernetes string) request {
		return request{Check: "kubernetes", TalosVersion: talos, KubernetesVersion: kubernetes}
	}
	got := ask(t, of("v1.12.0", "1.34.1"), of("v1.12.0", "v1.35.0"), of("v1.12.0", "1.29.9"), of("v1.12.0", "1.36.0"), of("one", "1.34.1"))
	for i, ok := range []bool{true, true, false, false, false} {
		if got[i].OK != ok || (got[i].Error == "") != ok {
			t.Errorf("%d: %+v", i, got[i])
		}
	}
	if !strings.Contains(got[2].Error, "too old") || !strings.Contains(got[3].Error, "too new") {
		t.Errorf("%q, %q", got[2].Error, got[3].Error)
	}
}
