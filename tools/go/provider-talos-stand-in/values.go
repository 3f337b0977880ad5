package main

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object is the value of a resource, or of an attribute with attributes: of each name nil, a string, a bool, an int, []any, an object,
// or `unknown`.
type object = map[string]any

type unknownValue struct{}

// unknown is a value that is known after apply.
var unknown = unknownValue{}

func isUnknown(value any) bool {
	return value == unknown
}

// textOf is a string, and empty for what is not there or not known.
func textOf(value any) string {
	text, _ := value.(string)
	return text
}

// objectOf is what a nested attribute holds, and empty for what is not there or not known.
func objectOf(value any) object {
	inner, _ := value.(object)
	return inner
}

func boolOf(value any) bool {
	truth, _ := value.(bool)
	return truth
}

// textsOf is a list of strings without its nulls; false if something in it is not known.
func textsOf(value any) ([]string, bool) {
	if isUnknown(value) {
		return nil, false
	}
	list, _ := value.([]any)
	var texts []string
	for _, one := range list {
		if isUnknown(one) {
			return nil, false
		}
		if one != nil {
			texts = append(texts, one.(string))
		}
	}
	return texts, true
}

func listOf(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

func clone(value any) any {
	switch v := value.(type) {
	case object:
		if v == nil {
			return object(nil)
		}
		copied := object{}
		for name, inner := range v {
			copied[name] = clone(inner)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, inner := range v {
			copied[i] = clone(inner)
		}
		return copied
	default:
		return value
	}
}

// read turns a value of the protocol into ours; a null object is nil.
func read(value *tfprotov6.DynamicValue, as *tfprotov6.Schema) (object, error) {
	raw, err := value.Unmarshal(as.ValueType())
	if err != nil {
		return nil, err
	}
	converted, err := fromProtocol(raw)
	if err != nil {
		return nil, err
	}
	return objectOf(converted), nil
}

// write is the way back.
func write(value object, as *tfprotov6.Schema) (*tfprotov6.DynamicValue, error) {
	var raw any = value
	if value == nil {
		raw = nil
	}
	converted, err := toProtocol(raw, as.ValueType())
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(as.ValueType(), converted)
	return &dynamic, err
}

func fromProtocol(value tftypes.Value) (any, error) {
	if !value.IsKnown() {
		return unknown, nil
	}
	if value.IsNull() {
		return nil, nil
	}
	switch {
	case value.Type().Is(tftypes.String):
		var text string
		return text, value.As(&text)
	case value.Type().Is(tftypes.Bool):
		var truth bool
		return truth, value.As(&truth)
	case value.Type().Is(tftypes.Number):
		var number big.Float
		err := value.As(&number)
		whole, _ := number.Int64()
		return int(whole), err
	case value.Type().Is(tftypes.Object{}):
		var inner map[string]tftypes.Value
		if err := value.As(&inner); err != nil {
			return nil, err
		}
		converted := object{}
		for name, one := range inner {
			var err error
			if converted[name], err = fromProtocol(one); err != nil {
				return nil, err
			}
		}
		return converted, nil
	case value.Type().Is(tftypes.List{}):
		var inner []tftypes.Value
		if err := value.As(&inner); err != nil {
			return nil, err
		}
		converted := []any{}
		for _, one := range inner {
			element, err := fromProtocol(one)
			if err != nil {
				return nil, err
			}
			converted = append(converted, element)
		}
		return converted, nil
	}
	return nil, fmt.Errorf("values of type %s are not known here", value.Type())
}

func toProtocol(value any, as tftypes.Type) (tftypes.Value, error) {
	switch v := value.(type) {
	case nil:
		return tftypes.NewValue(as, nil), nil
	case unknownValue:
		return tftypes.NewValue(as, tftypes.UnknownValue), nil
	case object:
		shape, ok := as.(tftypes.Object)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("an object where %s is expected", as)
		}
		inner := map[string]tftypes.Value{}
		for name, inside := range shape.AttributeTypes {
			var err error
			if inner[name], err = toProtocol(v[name], inside); err != nil {
				return tftypes.Value{}, fmt.Errorf("%s: %w", name, err)
			}
		}
		for name := range v {
			if _, ok := shape.AttributeTypes[name]; !ok {
				return tftypes.Value{}, fmt.Errorf("%s is not an attribute", name)
			}
		}
		return tftypes.NewValue(as, inner), nil
	case []any:
		shape, ok := as.(tftypes.List)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("a list where %s is expected", as)
		}
		inner := []tftypes.Value{}
		for i, one := range v {
			element, err := toProtocol(one, shape.ElementType)
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("%d: %w", i, err)
			}
			inner = append(inner, element)
		}
		return tftypes.NewValue(as, inner), nil
	case string, bool, int:
		if err := tftypes.ValidateValue(as, v); err != nil {
			return tftypes.Value{}, err
		}
		return tftypes.NewValue(as, v), nil
	}
	return tftypes.Value{}, fmt.Errorf("%T is no value", value)
}
