package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/hcl/v2/hcldec"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
	"github.com/mitchellh/mapstructure"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// recordVariable names a file to which every configuration received is appended, one JSON object a line. Two
// templates that say the same leave the same record.
const recordVariable = "PROXMOX_CONSTRUCTS_STAND_IN_RECORD"

// component is what a builder and a provisioner have in common.
type component struct {
	name  string
	about string
	spec  hcldec.ObjectSpec
}

func (c component) ConfigSpec() hcldec.ObjectSpec { return c.spec }

// settings is a configuration whose strings went through the Go templates of the plugins.
type settings struct {
	values  map[string]interface{}
	context interpolate.Context
}

// read merges what Packer hands over and renders the second template language, except in the fields named: those the
// plugin renders later, with values that are known only then.
func (c component) read(raws []interface{}, renderedLater ...string) (*settings, error) {
	placeholders, raws := config.DetectContextData(raws...)
	received := map[string]interface{}{}
	for i, raw := range raws {
		value, isConfiguration := raw.(cty.Value)
		if !isConfiguration {
			continue
		}
		text, err := ctyjson.SimpleJSONValue{Value: value}.MarshalJSON()
		if err != nil {
			return nil, err
		}
		fields := map[string]interface{}{}
		if err := json.Unmarshal(text, &fields); err != nil {
			return nil, err
		}
		for name, field := range fields {
			received[name] = field
		}
		raws[i] = fields
	}
	if err := c.record(received); err != nil {
		return nil, err
	}
	context, err := config.DetectContext(raws...)
	if err != nil {
		return nil, err
	}
	context.EnableEnv = true
	context.Data = placeholders
	s := &settings{values: map[string]interface{}{}, context: *context}
	for _, raw := range raws {
		rendered, err := interpolate.RenderMap(raw, &s.context, &interpolate.RenderFilter{Exclude: renderedLater})
		if err != nil {
			return nil, err
		}
		for name, field := range rendered {
			if field != nil {
				s.values[name] = field
			}
		}
	}
	return s, nil
}

// decode fills a struct, as loosely as the plugins do; fields it does not have are left out.
func (s *settings) decode(target interface{}) error {
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		Result:           target,
		WeaklyTypedInput: true,
		DecodeHook:       mapstructure.ComposeDecodeHookFunc(config.DefaultDecodeHookFuncs...),
	})
	if err != nil {
		return err
	}
	return decoder.Decode(s.values)
}

func (c component) record(received map[string]interface{}) error {
	file := os.Getenv(recordVariable)
	if file == "" {
		return nil
	}
	line, err := json.Marshal(map[string]interface{}{"component": c.name, "configuration": received})
	if err != nil {
		return err
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = out.Write(append(line, '\n'))
	return err
}

// findings collects all that is wrong with one configuration.
type findings struct {
	warnings []string
	errors   []error
}

func (f *findings) refuse(format string, args ...interface{}) {
	f.errors = append(f.errors, fmt.Errorf(format, args...))
}

func (f *findings) warn(format string, args ...interface{}) {
	f.warnings = append(f.warnings, fmt.Sprintf(format, args...))
}

func (f *findings) err() error {
	if len(f.errors) == 0 {
		return nil
	}
	sort.SliceStable(f.errors, func(i, j int) bool { return f.errors[i].Error() < f.errors[j].Error() })
	return packersdk.MultiErrorAppend(nil, f.errors...)
}

type builder struct {
	component
	rules  func(*settings, *findings) (*proxmoxConfig, error)
	config *proxmoxConfig
}

func (b *builder) Prepare(raws ...interface{}) ([]string, []string, error) {
	s, err := b.read(raws, "boot_command")
	if err != nil {
		return nil, nil, err
	}
	found := &findings{}
	if b.config, err = b.rules(s, found); err != nil {
		return nil, nil, err
	}
	return nil, found.warnings, found.err()
}

type provisioner struct {
	component
	rules func(*settings, *findings) error
	// run does what the plugin does; without it the provisioner is checked only.
	run      func(context.Context, *settings, packersdk.Ui, packersdk.Communicator, map[string]interface{}) error
	settings *settings
}

func (p *provisioner) Prepare(raws ...interface{}) error {
	s, err := p.read(raws, "inventory_file_template")
	if err != nil {
		return err
	}
	found := &findings{}
	if err := p.rules(s, found); err != nil {
		return err
	}
	p.settings = s
	return found.err()
}

func (p *provisioner) Provision(ctx context.Context, ui packersdk.Ui, comm packersdk.Communicator, generated map[string]interface{}) error {
	if p.run == nil {
		return errors.New(p.about + ", and does not run " + p.name + "; run `packer init .` for the real plugin")
	}
	ui.Say(p.about)
	return p.run(ctx, p.settings, ui, comm, generated)
}
