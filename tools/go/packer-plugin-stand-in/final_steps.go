package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

func slotsOf(bus string) []string {
	highest := map[string]int{"ide": highestIndex["ide"], "sata": highestIndex["sata"], "scsi": highestIndex["scsi"]}[bus]
	slots := []string{}
	for i := 0; i <= highest; i++ {
		slots = append(slots, fmt.Sprintf("%s%d", bus, i))
	}
	return slots
}

// removeCloudInit takes out the drives and the options of cloud-init with which the machine was built.
func (b *build) removeCloudInit(context.Context) error {
	configuration, err := b.api.configuration(b.vm)
	if err != nil {
		return fmt.Errorf("error fetching template config: %s", err)
	}
	obsolete := []string{}
	for _, slot := range append(append(slotsOf("ide"), slotsOf("sata")...), slotsOf("scsi")...) {
		if volume, _ := configuration[slot].(string); strings.Contains(volume, "-cloudinit") && strings.Contains(volume, ",media=cdrom") {
			obsolete = append(obsolete, slot)
		}
	}
	options := []string{"cipassword", "ciuser", "nameserver", "searchdomain", "sshkeys"}
	for i := 0; i < 16; i++ {
		options = append(options, fmt.Sprintf("ipconfig%d", i))
	}
	for _, name := range options {
		if configuration[name] != nil {
			obsolete = append(obsolete, name)
		}
	}
	if len(obsolete) == 0 {
		return nil
	}
	if err := b.api.configure(b.vm, parameters{"delete": strings.Join(obsolete, ",")}); err != nil {
		return fmt.Errorf("error updating template: %s", err)
	}
	return nil
}

func (b *build) convert(context.Context) error {
	kind := "VM"
	if b.SkipConvertToTemplate {
		b.ui.Say("skip_convert_to_template set, skipping conversion to template")
	} else {
		kind = "template"
		b.ui.Say("Stopping VM")
		if err := b.api.status(b.vm, "shutdown"); err != nil {
			return fmt.Errorf("Error converting VM to template, could not stop: %s", err)
		}
		b.ui.Say("Converting VM to template")
		if err := b.api.convert(b.vm); err != nil {
			return fmt.Errorf("Error converting VM to template: %s", err)
		}
	}
	b.state.Put("artifact", &artifact{kind: kind, vm: b.vm, api: b.api})
	return nil
}

var unusedDisk = regexp.MustCompile(`^unused\d+`)

// finalize gives the template its name, its description and a fresh drive for cloud-init, and takes out the images.
func (b *build) finalize(context.Context) error {
	changes := parameters{"name": b.VMName, "description": b.Description}
	if b.TemplateName != "" {
		changes["name"] = b.TemplateName
	}
	configuration, err := b.api.configuration(b.vm)
	if err != nil {
		return fmt.Errorf("error fetching config: %s", err)
	}
	if b.CloudInit {
		if err := b.addCloudInit(configuration, changes); err != nil {
			return err
		}
	}
	obsolete := []string{}
	for _, iso := range b.isos {
		switch volume, _ := configuration[iso.slot].(string); {
		case !iso.Unmount:
			changes[iso.slot] = iso.File + ",media=cdrom"
		case !strings.Contains(volume, "media=cdrom"):
			return fmt.Errorf("Cannot eject ISO from cdrom drive, %s is not present or not a cdrom media", iso.slot)
		case iso.KeepCDROMDevice:
			changes[iso.slot] = "none,media=cdrom"
		default:
			obsolete = append(obsolete, iso.slot)
		}
	}
	for _, name := range sorted(configuration) {
		if found := unusedDisk.FindString(name); found != "" {
			obsolete = append(obsolete, found)
		}
	}
	changes["delete"] = strings.Join(obsolete, ",")
	if b.SkipConvertToTemplate {
		b.ui.Say("Hardware changes pending for VM, stopping VM")
		if err := b.api.status(b.vm, "shutdown"); err != nil {
			return fmt.Errorf("Error stopping VM: %s", err)
		}
	}
	if err := b.api.configure(b.vm, changes); err != nil {
		return fmt.Errorf("Error updating template: %s", err)
	}
	if b.SkipConvertToTemplate {
		b.ui.Say("Resuming VM")
		if err := b.api.status(b.vm, "start"); err != nil {
			return fmt.Errorf("Error starting VM: %s", err)
		}
	}
	return nil
}

func (b *build) addCloudInit(configuration map[string]interface{}, changes parameters) error {
	storage := b.CloudInitStorage
	if disk, _ := configuration["bootdisk"].(string); storage == "" && disk != "" {
		volume, _ := configuration[disk].(string)
		storage, _, _ = strings.Cut(volume, ":")
	}
	if storage == "" {
		return errors.New("cloud_init is set to true, but cloud_init_storage_pool is empty and could not be set automatically. " +
			"set cloud_init_storage_pool in your configuration")
	}
	for _, slot := range slotsOf(b.CloudInitDiskType) {
		if configuration[slot] != nil {
			continue
		}
		b.ui.Say("Adding a cloud-init cdrom in storage pool " + storage)
		changes[slot] = storage + ":cloudinit"
		if b.NoUpgrade == nil {
			return nil
		}
		major, err := b.api.version()
		if err != nil {
			return fmt.Errorf("error fetching backend version: %s", err)
		}
		if major >= 8 {
			changes["ciupgrade"] = flag(!*b.NoUpgrade)
		}
		return nil
	}
	return fmt.Errorf("Found no free controller of type %s for a cloud-init cdrom", b.CloudInitDiskType)
}
