package main

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// body is a set of fields as the facts write it: an attribute with its type, a single block, or a repeatable block.
type body map[string]struct {
	Attribute json.RawMessage `json:"attribute"`
	Required  bool            `json:"required"`
	Block     body            `json:"block"`
	Blocks    body            `json:"blocks"`
}

func (b body) spec() (hcldec.ObjectSpec, error) {
	spec := hcldec.ObjectSpec{}
	for name, field := range b {
		switch {
		case field.Attribute != nil:
			kind, err := attributeType(field.Attribute)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			spec[name] = &hcldec.AttrSpec{Name: name, Type: kind, Required: field.Required}
		case field.Block != nil:
			nested, err := field.Block.spec()
			if err != nil {
				return nil, err
			}
			spec[name] = &hcldec.BlockSpec{TypeName: name, Nested: nested}
		case field.Blocks != nil:
			nested, err := field.Blocks.spec()
			if err != nil {
				return nil, err
			}
			spec[name] = &hcldec.BlockListSpec{TypeName: name, Nested: nested}
		default:
			return nil, fmt.Errorf("%s: neither attribute nor block", name)
		}
	}
	return spec, nil
}

func attributeType(fact json.RawMessage) (cty.Type, error) {
	kind, err := ctyjson.UnmarshalType(fact)
	if err != nil {
		return cty.NilType, fmt.Errorf("unknown type %s: %w", fact, err)
	}
	return kind, nil
}
