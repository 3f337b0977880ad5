package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strconv"

	"github.com/hashicorp/packer-plugin-sdk/communicator"
	"github.com/hashicorp/packer-plugin-sdk/multistep"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// build is what the steps of one build share; what the steps of the SDK look for is in its state.
type build struct {
	*proxmoxConfig
	api   *api
	ui    packersdk.Ui
	state multistep.StateBag
	// reserved are the slots of the disks of the machine that is cloned.
	reserved []string
	// vm is there as soon as it was made.
	vm *machine
}

// step makes a step of two functions; what goes wrong in the first one ends the build.
type step struct {
	*build
	run     func(context.Context) error
	cleanup func()
}

func (s step) Run(ctx context.Context, _ multistep.StateBag) multistep.StepAction {
	if err := s.run(ctx); err != nil {
		s.state.Put("error", err)
		s.ui.Error(err.Error())
		return multistep.ActionHalt
	}
	return multistep.ActionContinue
}

func (s step) Cleanup(multistep.StateBag) {
	if s.cleanup != nil {
		s.cleanup()
	}
}

func (b *builder) Run(ctx context.Context, ui packersdk.Ui, hook packersdk.Hook) (packersdk.Artifact, error) {
	ui.Say(b.about)
	c := b.config
	if err := c.checkLoopback(); err != nil {
		return nil, err
	}
	if err := c.fillDefaults(); err != nil {
		return nil, err
	}
	client, err := newAPI(c)
	if err != nil {
		return nil, err
	}
	state := new(multistep.BasicStateBag)
	state.Put("hook", hook)
	state.Put("ui", ui)
	runner := commonsteps.NewRunner((&build{proxmoxConfig: c, api: client, ui: ui, state: state}).steps(b.name), c.PackerConfig, ui)
	runner.Run(ctx, state)
	if err, failed := state.GetOk("error"); failed {
		return nil, err.(error)
	}
	if _, cancelled := state.GetOk(multistep.StateCancelled); cancelled {
		return nil, errors.New("build was cancelled")
	}
	made, ended := state.Get("artifact").(*artifact)
	if !ended {
		return nil, errors.New("artifact ID could not be determined")
	}
	made.builder = map[string]string{"proxmox-clone": "proxmox.clone", "proxmox-iso": "proxmox.iso"}[b.name]
	made.generated = state.Get("generated_data")
	return made, nil
}

func (b *build) steps(builder string) []multistep.Step {
	steps := []multistep.Step{}
	create := b.create
	if builder == "proxmox-clone" {
		steps = append(steps, step{b, b.prepareKey, nil}, step{b, b.mapSource, nil})
		create = b.clone
	}
	for _, iso := range b.isos {
		steps = append(steps, b.isoSteps(iso)...)
	}
	host := func(multistep.StateBag) (string, error) { return b.address() }
	if configured := b.Comm.Host(); configured != "" {
		host = func(multistep.StateBag) (string, error) { return configured, nil }
	}
	return append(steps,
		step{b, func(context.Context) error { return b.start(create) }, b.discard},
		commonsteps.HTTPServerFromHTTPConfig(&b.HTTPConfig),
		step{b, b.typeBootCommand, nil},
		&communicator.StepConnect{Config: &b.Comm, Host: host, SSHConfig: b.Comm.SSHConfigFunc()},
		&commonsteps.StepProvision{},
		&commonsteps.StepCleanupTempKeys{Comm: &b.Comm},
		step{b, b.removeCloudInit, nil},
		step{b, b.convert, nil},
		step{b, b.finalize, nil},
		step{b, func(context.Context) error { b.state.Put("success", true); return nil }, nil},
	)
}

func (b *build) succeeded() bool {
	_, there := b.state.GetOk("success")
	return there
}

// artifact is the template, or the machine, that was built.
type artifact struct {
	builder   string
	kind      string
	vm        *machine
	api       *api
	generated interface{}
}

func (a *artifact) BuilderId() string { return a.builder }
func (a *artifact) Files() []string   { return nil }
func (a *artifact) Id() string        { return strconv.Itoa(a.vm.id) }
func (a *artifact) String() string    { return fmt.Sprintf("A %s was created: %d", a.kind, a.vm.id) }

func (a *artifact) State(name string) interface{} {
	if name == "generated_data" {
		return a.generated
	}
	return nil
}

func (a *artifact) Destroy() error {
	log.Printf("destroying %s %d", a.kind, a.vm.id)
	return a.api.delete(a.vm)
}
