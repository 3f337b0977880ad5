package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// terraform calls the stand-in as Terraform does.
type terraform struct {
	*testing.T
	server *server
}

func start(t *testing.T) terraform {
	t.Helper()
	s, err := newServer(factsText)
	if err != nil {
		t.Fatal(err)
	}
	return terraform{t, s}
}

func must[T any](t *testing.T, value T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func said(found []*tfprotov6.Diagnostic) string {
	var lines []string
	for _, one := range found {
		lines = append(lines, one.Severity.String()+" "+one.Summary+": "+one.Detail)
	}
	return strings.Join(lines, "\n")
}

// validate returns what is said about a resource.
func (t terraform) validate(name string, config object) string {
	t.Helper()
	answer, err := t.server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: t.dynamic(name, config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	return said(must(t.T, answer, err).Diagnostics)
}

func (t terraform) dynamic(name string, value object) *tfprotov6.DynamicValue {
	t.Helper()
	written, err := write(value, t.server.resources[name])
	return must(t.T, written, err)
}

// propose is Terraform's part of a plan: what is not in the configuration is as it was, if the provider computes it.
func (t terraform) propose(name string, config, prior object) object {
	proposed := clone(config).(object)
	for attribute, facts := range t.server.facts.Resources[name].Block.Attributes {
		if facts.Computed && config[attribute] == nil && prior != nil {
			proposed[attribute] = prior[attribute]
		}
	}
	return proposed
}

// plan returns the planned state, whether the resource is replaced, and what is said.
func (t terraform) plan(name string, config, prior object) (planned object, replaced bool, text string) {
	t.Helper()
	answer, err := t.server.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: name, Config: t.dynamic(name, config), PriorState: t.dynamic(name, prior),
		ProposedNewState: t.dynamic(name, t.propose(name, config, prior)),
	})
	answer = must(t.T, answer, err)
	planned, err = read(answer.PlannedState, t.server.resources[name])
	return must(t.T, planned, err), len(answer.RequiresReplace) > 0, said(answer.Diagnostics)
}

// apply plans, applies, and expects that a second plan changes nothing.
func (t terraform) apply(name string, config, prior object) (object, string) {
	t.Helper()
	planned, _, text := t.plan(name, config, prior)
	if strings.Contains(text, "ERROR") {
		return nil, text
	}
	answer, err := t.server.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: name, Config: t.dynamic(name, config), PriorState: t.dynamic(name, prior), PlannedState: t.dynamic(name, planned),
	})
	answer = must(t.T, answer, err)
	if text = said(answer.Diagnostics); strings.Contains(text, "ERROR") {
		return nil, text
	}
	state, err := read(answer.NewState, t.server.resources[name])
	state = must(t.T, state, err)
	again, replaced, _ := t.plan(name, config, state)
	if before, after := asJSON(t.T, state), asJSON(t.T, again); before != after || replaced {
		t.Errorf("%s: a second plan changes\n%s\nto\n%s", name, before, after)
	}
	return state, text
}

func (t terraform) create(name string, config object) object {
	t.Helper()
	state, text := t.apply(name, config, nil)
	if state == nil {
		t.Fatalf("%s: %s", name, text)
	}
	return state
}

func (t terraform) destroy(name string, state object) string {
	t.Helper()
	answer, err := t.server.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: name, Config: t.dynamic(name, nil), PriorState: t.dynamic(name, state), PlannedState: t.dynamic(name, nil),
	})
	return said(must(t.T, answer, err).Diagnostics)
}

// read opens a data source.
func (t terraform) read(name string, config object) (object, string) {
	t.Helper()
	as := t.server.data[name]
	written, err := write(config, as)
	written = must(t.T, written, err)
	checked, err := t.server.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: name, Config: written,
	})
	if text := said(must(t.T, checked, err).Diagnostics); text != "" {
		return nil, "validate: " + text
	}
	answer, err := t.server.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: written})
	answer = must(t.T, answer, err)
	if answer.State == nil {
		return nil, said(answer.Diagnostics)
	}
	state, err := read(answer.State, as)
	return must(t.T, state, err), said(answer.Diagnostics)
}

// open opens an ephemeral resource.
func (t terraform) open(name string, config object) object {
	t.Helper()
	as := t.server.ephemerals[name]
	written, err := write(config, as)
	written = must(t.T, written, err)
	answer, err := t.server.OpenEphemeralResource(context.Background(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: name, Config: written})
	answer = must(t.T, answer, err)
	if text := said(answer.Diagnostics); text != "" {
		t.Fatal(text)
	}
	result, err := read(answer.Result, as)
	return must(t.T, result, err)
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	return string(must(t, text, err))
}

// journal makes the stand-in write one, and returns its lines since the last time.
func journal(t *testing.T) func() []entry {
	file := filepath.Join(t.TempDir(), "journal")
	t.Setenv(journalVariable, file)
	read := 0
	return func() []entry {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		var all []entry
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			var one entry
			if line != "" {
				if err := json.Unmarshal([]byte(line), &one); err != nil {
					t.Fatal(err)
				}
				all = append(all, one)
			}
		}
		fresh := all[read:]
		read = len(all)
		return fresh
	}
}

func b64(t *testing.T, text any) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(textOf(text))
	return string(must(t, raw, err))
}
