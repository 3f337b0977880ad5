package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const triesForAnID = 3

// start removes what is in the way if that was wished, makes the machine and starts it.
func (b *build) start(create func(*machine, *drives) error) error {
	d, err := b.attach(b.reserved)
	if err != nil {
		return err
	}
	for _, warning := range d.warnings {
		b.ui.Say("Warning: " + warning)
	}
	if b.PackerForce {
		b.ui.Say("Force set, checking for existing artifact on PVE cluster")
		if err := b.removeExisting(); err != nil {
			return err
		}
	}
	b.ui.Say("Creating VM")
	vm, err := b.make(create, d)
	if err != nil {
		return fmt.Errorf("Error creating VM: %s", err)
	}
	if efi := b.efiDisk(); efi != "" && b.clones() {
		if err := b.api.configure(vm, parameters{"efidisk0": efi}); err != nil {
			return fmt.Errorf("error updating template: %s", err)
		}
	}
	b.vm = vm
	b.state.Put("instance_id", vm.id)
	b.ui.Say("Starting VM")
	if err := b.api.status(vm, "start"); err != nil {
		return fmt.Errorf("Error starting VM: %s", err)
	}
	return nil
}

// clones tells whether another machine is cloned.
func (b *build) clones() bool { return b.CloneVM != "" || b.CloneVMID != 0 }

// make takes the id given, or the next that is free; of those, others may be faster to take one.
func (b *build) make(create func(*machine, *drives) error, d *drives) (*machine, error) {
	for try := 1; ; try++ {
		vm := &machine{id: int(b.VMID), node: b.Node, kind: "qemu"}
		if vm.id == 0 {
			b.ui.Say("No VM ID given, getting next free from Proxmox")
			id, err := b.api.nextID()
			if err != nil {
				return nil, err
			}
			vm.id = id
		}
		err := create(vm, d)
		if err == nil {
			return vm, nil
		}
		if b.VMID != 0 || !strings.Contains(err.Error(), "already exists") || try == triesForAnID {
			return nil, err
		}
		b.ui.Say("Generated VM ID was already allocated, retrying")
	}
}

// create makes an empty machine; its disks come with it.
func (b *build) create(vm *machine, d *drives) error {
	if _, err := b.api.version(); err != nil {
		return err
	}
	form := b.hardware(vm.id, nil)
	form["pool"] = b.Pool
	for name, value := range d.parameters {
		form[name] = value
	}
	if text, err := b.api.task(http.MethodPost, "/nodes/"+vm.node+"/qemu", form); err != nil {
		return fmt.Errorf("error creating VM: %v, error status: %s (params: %v)", err, text, form)
	}
	if err := b.grow(vm, d); err != nil {
		return err
	}
	_, err := b.api.object("/access/permissions", " permissions")
	return err
}

func (b *build) grow(vm *machine, d *drives) error {
	for _, disk := range d.resize {
		if _, err := b.api.task(http.MethodPut, vm.path("/resize"), parameters{"disk": disk.disk, "size": disk.size}); err != nil {
			return err
		}
	}
	return nil
}

// existing is what -force would remove: by id, else by name. Only a template is.
func (b *build) existing() (*machine, error) {
	var found *machine
	var err error
	if b.VMID > 0 {
		found, err = b.api.machineByID(int(b.VMID))
	} else {
		name := b.TemplateName
		if name == "" {
			name = b.VMName
		}
		var machines []*machine
		if machines, err = b.api.machinesByName(name); err == nil {
			if found = machines[0]; len(machines) > 1 {
				ids := []int{}
				for _, m := range machines {
					ids = append(ids, m.id)
				}
				return nil, fmt.Errorf("found multiple VMs with name '%s', IDs: %v", name, ids)
			}
		}
	}
	if errors.As(err, &notFound{}) {
		return nil, nil
	}
	if err != nil || b.SkipConvertToTemplate {
		return found, err
	}
	configuration, err := b.api.configuration(found)
	if err != nil {
		return nil, err
	}
	if configuration["template"] == nil {
		return nil, fmt.Errorf("found matching VM (ID: %d, name: %s), but it is not a template", found.id, configuration["name"])
	}
	return found, nil
}

func (b *build) removeExisting() error {
	found, err := b.existing()
	if err != nil {
		return err
	}
	if found == nil {
		b.ui.Say("No existing artifact found")
		return nil
	}
	b.ui.Say(fmt.Sprintf("found existing resource with ID %d on PVE node %s, deleting it", found.id, found.node))
	status, err := b.api.object(found.path("/status/current"), "vm STATE")
	if err != nil {
		return err
	}
	if status["status"] == "running" {
		if err := b.api.status(found, "stop"); err != nil {
			return err
		}
	}
	if err := b.api.delete(found); err != nil {
		return err
	}
	b.ui.Say(fmt.Sprintf("Successfully deleted %d", found.id))
	return nil
}

// discard removes the machine of a build that did not end well.
func (b *build) discard() {
	if b.vm == nil || b.succeeded() {
		return
	}
	b.ui.Say("Stopping VM")
	if err := b.api.status(b.vm, "stop"); err != nil {
		b.ui.Error(fmt.Sprintf("Error stopping VM. Please stop and delete it manually: %s", err))
		return
	}
	b.ui.Say("Deleting VM")
	if err := b.api.delete(b.vm); err != nil {
		b.ui.Error(fmt.Sprintf("Error deleting VM. Please delete it manually: %s", err))
	}
}
