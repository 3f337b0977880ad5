package main

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// reader is a data source or an ephemeral resource.
type reader struct {
	rules func(config object, p *problems)
	// read completes a copy of the configuration.
	read func(s *server, value object, p *problems)
}

func (s *server) ValidateDataResourceConfig(
	_ context.Context, asked *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	found, err := dataSources[asked.TypeName].validate(asked.Config, s.data[asked.TypeName])
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: found}, err
}

func (s *server) ReadDataSource(_ context.Context, asked *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	value, found, err := dataSources[asked.TypeName].answer(s, asked.Config, s.data[asked.TypeName])
	return &tfprotov6.ReadDataSourceResponse{State: value, Diagnostics: found}, err
}

func (s *server) ValidateEphemeralResourceConfig(
	_ context.Context, asked *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	found, err := ephemerals[asked.TypeName].validate(asked.Config, s.ephemerals[asked.TypeName])
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{Diagnostics: found}, err
}

func (s *server) OpenEphemeralResource(
	_ context.Context, asked *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	value, found, err := ephemerals[asked.TypeName].answer(s, asked.Config, s.ephemerals[asked.TypeName])
	return &tfprotov6.OpenEphemeralResourceResponse{Result: value, Diagnostics: found}, err
}

func (s *server) RenewEphemeralResource(
	context.Context, *tfprotov6.RenewEphemeralResourceRequest,
) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return &tfprotov6.RenewEphemeralResourceResponse{}, nil
}

func (s *server) CloseEphemeralResource(
	context.Context, *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return &tfprotov6.CloseEphemeralResourceResponse{}, nil
}

func (r *reader) validate(asked *tfprotov6.DynamicValue, as *tfprotov6.Schema) (problems, error) {
	config, err := read(asked, as)
	if err != nil {
		return nil, err
	}
	var found problems
	timeouts(config, &found)
	if r.rules != nil {
		r.rules(config, &found)
	}
	return found, nil
}

func (r *reader) answer(s *server, asked *tfprotov6.DynamicValue, as *tfprotov6.Schema) (*tfprotov6.DynamicValue, problems, error) {
	value, err := read(asked, as)
	if err != nil {
		return nil, nil, err
	}
	var found problems
	r.read(s, value, &found)
	if found.failed() {
		return nil, found, nil
	}
	written, err := write(value, as)
	return written, found, err
}

// What the protocol has and the provider has not.

var errNotThere = errors.New("the provider siderolabs/talos has no such thing")

func (s *server) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) UpgradeResourceIdentity(
	context.Context, *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return nil, errNotThere
}

func (s *server) MoveResourceState(context.Context, *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return nil, errNotThere
}

func (s *server) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return &tfprotov6.GetFunctionsResponse{}, nil
}

func (s *server) CallFunction(context.Context, *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return nil, errNotThere
}

func (s *server) GenerateResourceConfig(
	context.Context, *tfprotov6.GenerateResourceConfigRequest,
) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return nil, errNotThere
}
