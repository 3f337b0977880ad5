package main

import (
	"encoding/json"
	"fmt"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The form of `terraform providers schema -json`.
type (
	document struct {
		Providers map[string]provider `json:"provider_schemas"`
	}
	provider struct {
		Config     schema            `json:"provider"`
		Resources  map[string]schema `json:"resource_schemas"`
		Data       map[string]schema `json:"data_source_schemas"`
		Ephemerals map[string]schema `json:"ephemeral_resource_schemas"`
	}
	schema struct {
		Version int64 `json:"version"`
		Block   struct {
			Attributes map[string]attribute `json:"attributes"`
			Deprecated bool                 `json:"deprecated"`
			// The provider has none; one that appears must not be overlooked.
			Blocks map[string]any `json:"block_types"`
		} `json:"block"`
	}
	attribute struct {
		Type       json.RawMessage `json:"type"`
		Nested     *nestedType     `json:"nested_type"`
		Required   bool            `json:"required"`
		Optional   bool            `json:"optional"`
		Computed   bool            `json:"computed"`
		Sensitive  bool            `json:"sensitive"`
		WriteOnly  bool            `json:"write_only"`
		Deprecated bool            `json:"deprecated"`
	}
	nestedType struct {
		Attributes map[string]attribute `json:"attributes"`
		Mode       string               `json:"nesting_mode"`
	}
)

func readFacts(text []byte) (provider, error) {
	var all document
	if err := json.Unmarshal(text, &all); err != nil {
		return provider{}, err
	}
	found, ok := all.Providers["registry.terraform.io/siderolabs/talos"]
	if !ok {
		return provider{}, fmt.Errorf("the facts are not about siderolabs/talos")
	}
	return found, nil
}

// protocol is the schema in the form of the plugin protocol.
func (s schema) protocol() (*tfprotov6.Schema, error) {
	if len(s.Block.Blocks) > 0 {
		return nil, fmt.Errorf("nested blocks are not known here")
	}
	attributes, err := protocolAttributes(s.Block.Attributes)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.Schema{
		Version: s.Version,
		Block:   &tfprotov6.SchemaBlock{Attributes: attributes, Deprecated: s.Block.Deprecated},
	}, nil
}

func protocolAttributes(all map[string]attribute) ([]*tfprotov6.SchemaAttribute, error) {
	var list []*tfprotov6.SchemaAttribute
	for _, name := range sortedNames(all) {
		a := all[name]
		one := &tfprotov6.SchemaAttribute{
			Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Sensitive: a.Sensitive, WriteOnly: a.WriteOnly, Deprecated: a.Deprecated,
		}
		switch {
		case a.Nested != nil:
			inner, err := protocolAttributes(a.Nested.Attributes)
			if err != nil {
				return nil, err
			}
			mode, ok := map[string]tfprotov6.SchemaObjectNestingMode{
				"single": tfprotov6.SchemaObjectNestingModeSingle, "list": tfprotov6.SchemaObjectNestingModeList,
			}[a.Nested.Mode]
			if !ok {
				return nil, fmt.Errorf("%s: nesting mode %q is not known here", name, a.Nested.Mode)
			}
			one.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: mode}
		default:
			parsed, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the one reader of this notation
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			one.Type = parsed
		}
		list = append(list, one)
	}
	return list, nil
}

func sortedNames[T any](all map[string]T) []string {
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
