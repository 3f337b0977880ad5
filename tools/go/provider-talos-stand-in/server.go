package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers Terraform. What a type of resource does is in `resources`, of a data source in `dataSources`, and so on.
type server struct {
	facts      provider
	config     *tfprotov6.Schema
	resources  map[string]*tfprotov6.Schema
	data       map[string]*tfprotov6.Schema
	ephemerals map[string]*tfprotov6.Schema
	// factory is the address of the image factory; nobody asks it.
	factory string
}

func newServer(facts []byte) (*server, error) {
	known, err := readFacts(facts)
	if err != nil {
		return nil, err
	}
	s := &server{facts: known, factory: defaultFactory}
	if s.config, err = known.Config.protocol(); err != nil {
		return nil, err
	}
	for _, section := range []struct {
		from map[string]schema
		to   *map[string]*tfprotov6.Schema
		does func(name string) bool
	}{
		{known.Resources, &s.resources, func(name string) bool { return resources[name] != nil }},
		{known.Data, &s.data, func(name string) bool { return dataSources[name] != nil }},
		{known.Ephemerals, &s.ephemerals, func(name string) bool { return ephemerals[name] != nil }},
	} {
		*section.to = map[string]*tfprotov6.Schema{}
		for name, one := range section.from {
			if (*section.to)[name], err = one.protocol(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if !section.does(name) {
				return nil, fmt.Errorf("%s is in the facts, and nothing here behaves like it", name)
			}
		}
	}
	return s, nil
}

func (s *server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	answer := &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}}
	for _, name := range sortedNames(s.resources) {
		answer.Resources = append(answer.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for _, name := range sortedNames(s.data) {
		answer.DataSources = append(answer.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	for _, name := range sortedNames(s.ephemerals) {
		answer.EphemeralResources = append(answer.EphemeralResources, tfprotov6.EphemeralResourceMetadata{TypeName: name})
	}
	return answer, nil
}

func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities:       &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:                 s.config,
		ResourceSchemas:          s.resources,
		DataSourceSchemas:        s.data,
		EphemeralResourceSchemas: s.ephemerals,
	}, nil
}

func (s *server) ValidateProviderConfig(
	_ context.Context, asked *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: asked.Config}, nil
}

func (s *server) ConfigureProvider(
	_ context.Context, asked *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	config, err := read(asked.Config, s.config)
	if err != nil {
		return nil, err
	}
	if url := textOf(config["image_factory_url"]); url != "" {
		s.factory = url
	}
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceConfig(
	_ context.Context, asked *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	config, err := read(asked.Config, s.resources[asked.TypeName])
	if err != nil {
		return nil, err
	}
	var found problems
	allowed := asked.ClientCapabilities != nil && asked.ClientCapabilities.WriteOnlyAttributesAllowed
	for _, name := range sortedNames(s.facts.Resources[asked.TypeName].Block.Attributes) {
		if s.facts.Resources[asked.TypeName].Block.Attributes[name].WriteOnly && config[name] != nil && !allowed {
			found.failAt(name, "WriteOnly Attribute Not Allowed", "Write-only attributes need Terraform 1.11 or later.")
		}
	}
	timeouts(config, &found)
	if rules := resources[asked.TypeName].rules; rules != nil {
		rules(config, &found)
	}
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: found}, nil
}

func (s *server) UpgradeResourceState(
	_ context.Context, asked *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	as := s.resources[asked.TypeName]
	if asked.Version != as.Version {
		var found problems
		found.fail("the stand-in does not upgrade states",
			fmt.Sprintf("%s has version %d of the schema, and %d is known", asked.TypeName, asked.Version, as.Version))
		return &tfprotov6.UpgradeResourceStateResponse{Diagnostics: found}, nil
	}
	value, err := asked.RawState.UnmarshalWithOpts(as.ValueType(), tfprotov6.UnmarshalOpts{
		ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
	})
	if err != nil {
		return nil, err
	}
	state, err := tfprotov6.NewDynamicValue(as.ValueType(), value)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

// ReadResource looks at nothing, as that of nearly every resource of the provider.
func (s *server) ReadResource(_ context.Context, asked *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: asked.CurrentState, Private: asked.Private}, nil
}

func (s *server) PlanResourceChange(
	_ context.Context, asked *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	as := s.resources[asked.TypeName]
	values, err := readAll(as, asked.Config, asked.PriorState, asked.ProposedNewState)
	if err != nil {
		return nil, err
	}
	config, prior, proposed := values[0], values[1], values[2]
	answer := &tfprotov6.PlanResourceChangeResponse{PlannedPrivate: asked.PriorPrivate, PlannedState: asked.ProposedNewState}
	if proposed == nil {
		return answer, nil
	}
	var found problems
	c := resources[asked.TypeName].plan(s.facts.Resources[asked.TypeName].Block.Attributes, config, prior, proposed, &found)
	answer.Diagnostics = found
	for _, name := range c.replace {
		answer.RequiresReplace = append(answer.RequiresReplace, tftypes.NewAttributePath().WithAttributeName(name))
	}
	answer.PlannedState, err = write(c.planned, as)
	return answer, err
}

func (s *server) ApplyResourceChange(
	_ context.Context, asked *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	as, does := s.resources[asked.TypeName], resources[asked.TypeName]
	values, err := readAll(as, asked.Config, asked.PriorState, asked.PlannedState)
	if err != nil {
		return nil, err
	}
	config, prior, planned := values[0], values[1], values[2]
	var found problems
	if planned == nil {
		if does.destroy != nil {
			does.destroy(prior, &found)
		} else if err := record(entry{Type: asked.TypeName, What: "delete", Node: textOf(prior["node"])}); err != nil {
			return nil, err
		}
		if found.failed() {
			return &tfprotov6.ApplyResourceChangeResponse{NewState: asked.PriorState, Diagnostics: found, Private: asked.PlannedPrivate}, nil
		}
		return &tfprotov6.ApplyResourceChangeResponse{NewState: asked.PlannedState, Diagnostics: found}, nil
	}
	c := &change{config: config, prior: prior, planned: planned}
	does.apply(c, &found)
	answer := &tfprotov6.ApplyResourceChangeResponse{Diagnostics: found, Private: asked.PlannedPrivate, NewState: asked.PriorState}
	if found.failed() {
		return answer, nil
	}
	if left := unknownIn(c.planned); len(left) > 0 {
		return nil, fmt.Errorf("%s: %s are not known after apply", asked.TypeName, strings.Join(left, ", "))
	}
	answer.NewState, err = write(c.planned, as)
	return answer, err
}

func (s *server) ImportResourceState(
	_ context.Context, asked *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	var found problems
	importing := resources[asked.TypeName].importing
	if importing == nil {
		found.fail("Resource Import Not Implemented", asked.TypeName+" cannot be imported.")
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: found}, nil
	}
	state := importing(asked.ID, &found)
	if found.failed() {
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: found}, nil
	}
	written, err := write(state, s.resources[asked.TypeName])
	return &tfprotov6.ImportResourceStateResponse{
		Diagnostics:       found,
		ImportedResources: []*tfprotov6.ImportedResource{{TypeName: asked.TypeName, State: written}},
	}, err
}

func readAll(as *tfprotov6.Schema, values ...*tfprotov6.DynamicValue) ([]object, error) {
	all := make([]object, len(values))
	for i, value := range values {
		var err error
		if all[i], err = read(value, as); err != nil {
			return nil, err
		}
	}
	return all, nil
}
