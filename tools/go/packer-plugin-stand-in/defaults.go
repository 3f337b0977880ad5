package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/hashicorp/packer-plugin-sdk/bootcommand"
	"github.com/hashicorp/packer-plugin-sdk/uuid"
)

func orDefault[V comparable](field *V, value V) {
	var zero V
	if *field == zero {
		*field = value
	}
}

// fillDefaults makes of a configuration without errors one that can be built.
func (c *proxmoxConfig) fillDefaults() error {
	on := true
	orDefault(&c.QEMUAgent, &on)
	orDefault(&c.TaskTimeout, time.Minute)
	if text := os.Getenv(bootcommand.PackerKeyEnv); text != "" && c.BootKeyInterval == 0 {
		interval, err := time.ParseDuration(text)
		if err != nil {
			return err
		}
		c.BootKeyInterval = interval
	}
	orDefault(&c.BootKeyInterval, 5*time.Millisecond)
	orDefault(&c.VMName, "packer-"+uuid.TimeOrderedUUID())
	if c.Memory < 16 {
		c.Memory = 512
	}
	orDefault(&c.Cores, 1)
	orDefault(&c.Sockets, 1)
	orDefault(&c.CPUType, "kvm64")
	orDefault(&c.OS, "other")
	orDefault(&c.SCSIController, "lsi")
	orDefault(&c.CloudInitDiskType, "ide")
	orDefault(&c.EFIConfig.StoragePool, c.EFIDisk)
	orDefault(&c.EFIConfig.Type, "4m")
	orDefault(&c.TPMConfig.Version, "v2.0")
	for i := range c.NetworkAdapters {
		orDefault(&c.NetworkAdapters[i].Model, "e1000")
	}
	for i := range c.Disks {
		disk := &c.Disks[i]
		if !oneOf(disk.Type, "ide", "sata", "scsi", "virtio") {
			disk.Type = "scsi"
		}
		orDefault(&disk.Format, "raw")
		orDefault(&disk.Size, "20G")
		orDefault(&disk.CacheMode, "none")
	}
	c.isos = nil
	if c.BootISO != nil {
		c.BootISO.downloaded = "downloaded_iso_path"
		if c.BootISO.Type == "" {
			c.BootISO.Type, c.BootISO.Index = "ide", "2"
		}
		c.isos = append(c.isos, c.BootISO)
	}
	for i := range c.AdditionalISOFiles {
		iso := &c.AdditionalISOFiles[i]
		iso.downloaded = "downloaded_additional_iso_path_" + strconv.Itoa(i)
		if parts := isoDevice.FindStringSubmatch(iso.Device); parts != nil {
			iso.Type, iso.Index = parts[1], parts[2]
		}
		orDefault(&iso.Type, "ide")
		c.isos = append(c.isos, iso)
	}
	for _, iso := range c.isos {
		if iso.File != "" && !isoVolume.MatchString(iso.File) {
			return fmt.Errorf("iso_file must look like STORAGE:iso/FILE, got: %q; the plugin would crash here", iso.File)
		}
	}
	return nil
}

// checkLoopback keeps a stand-in away from servers that matter.
func (c *proxmoxConfig) checkLoopback() error {
	address, err := url.Parse(c.ProxmoxURL)
	if err != nil {
		return err
	}
	addresses, err := net.LookupIP(address.Hostname())
	outside := func(ip net.IP) bool { return !ip.IsLoopback() }
	if err == nil && len(addresses) > 0 && !slices.ContainsFunc(addresses, outside) {
		return nil
	}
	return errors.New("a stand-in builds on the loopback of this machine only, not on " + address.Host + "; run `packer init .` for the real plugin")
}
