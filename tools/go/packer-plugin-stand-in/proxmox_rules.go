package main

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

var (
	dnsName    = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`)
	serialName = regexp.MustCompile(`^(socket|/dev/.+)$`)
	pciAddress = regexp.MustCompile(`^([0-9A-Fa-f]{4}:)?[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\.[0-9A-Fa-f]$`)
)

const (
	lowestVMID  = 100
	highestVMID = 999999999
)

func oneOf(value string, allowed ...string) bool {
	for _, candidate := range allowed {
		if value == candidate {
			return true
		}
	}
	return false
}

func (c *proxmoxConfig) checkConnection(f *findings) {
	if c.Username == "" {
		f.refuse("username must be specified")
	}
	if c.Password == "" && c.Token == "" {
		f.refuse("password or token must be specified")
	}
	if c.ProxmoxURL == "" {
		f.refuse("proxmox_url must be specified")
	} else if _, err := url.Parse(c.ProxmoxURL); err != nil {
		f.refuse("proxmox_url: %s", err)
	}
	if c.Node == "" {
		f.refuse("node must be specified")
	}
}

func (c *proxmoxConfig) checkIdentity(f *findings) {
	if c.VMID != 0 && (c.VMID < lowestVMID || c.VMID > highestVMID) {
		f.refuse("vm_id must be in range 100-999999999, got: %d", c.VMID)
	}
	for field, name := range map[string]string{"vm_name": c.VMName, "template_name": c.TemplateName} {
		if name != "" && !dnsName.MatchString(name) {
			f.refuse("%s must be a valid DNS name, got: %q", field, name)
		}
	}
}

func (c *proxmoxConfig) checkHardware(f *findings) {
	memory := c.Memory
	if memory < 16 {
		memory = 512 // what the plugin silently makes of it
	}
	if c.BallooningMinimum > memory {
		f.refuse("ballooning_minimum (%d) must not exceed memory (%d)", c.BallooningMinimum, memory)
	}
	for field, value := range map[string]int64{"cores": c.Cores, "sockets": c.Sockets} {
		if value < 0 || value > 255 {
			f.refuse("%s does not fit into a byte: %d", field, value)
		}
	}
	if len(c.Serials) > 4 {
		f.refuse("at most 4 serials, got: %d", len(c.Serials))
	}
	for _, serial := range c.Serials {
		if !serialName.MatchString(serial) {
			f.refuse("serials must be `socket` or a path below /dev, got: %q", serial)
		}
	}
	if c.CloudInit && !oneOf(c.CloudInitDiskType, "", "ide", "scsi", "sata") {
		f.refuse("cloud_init_disk_type must be ide, scsi or sata, got: %q", c.CloudInitDiskType)
	}
	if c.RNG0 != (rngConfig{}) {
		if !oneOf(c.RNG0.Source, "/dev/urandom", "/dev/random", "/dev/hwrng") {
			f.refuse("rng0.source must be /dev/urandom, /dev/random or /dev/hwrng, got: %q", c.RNG0.Source)
		}
		if c.RNG0.MaxBytes < 0 || c.RNG0.Period < 0 {
			f.refuse("rng0.max_bytes and rng0.period must not be negative")
		}
		if c.RNG0.MaxBytes == 0 {
			f.warn("rng0.max_bytes is 0: the guest may read as much as it likes")
		}
	}
}

func (c *proxmoxConfig) checkFirmware(f *findings) {
	if c.EFIDisk != "" {
		f.warn("efidisk is deprecated, use efi_config")
		if c.EFIConfig != (efiConfig{}) {
			f.refuse("efidisk and efi_config cannot be used together")
		}
	}
	if c.EFIConfig.StoragePool == "" && (c.EFIConfig.Type != "" || c.EFIConfig.PreEnrolledKeys) {
		f.refuse("efi_config.efi_storage_pool must be specified")
	}
	if c.TPMConfig != (tpmConfig{}) {
		if c.TPMConfig.StoragePool == "" {
			f.refuse("tpm_config.tpm_storage_pool must be specified")
		}
		if !oneOf(c.TPMConfig.Version, "", "v1.2", "v2.0") {
			f.refuse("tpm_config.tpm_version must be v1.2 or v2.0, got: %q", c.TPMConfig.Version)
		}
	}
}

func (c *proxmoxConfig) checkNetwork(f *findings) {
	for i, nic := range c.NetworkAdapters {
		if nic.Bridge == "" {
			f.refuse("network_adapters[%d].bridge must be specified", i)
		}
		if nic.PacketQueues > 0 && nic.Model != "virtio" {
			f.refuse("network_adapters[%d].packet_queues needs model virtio, got: %q", i, nic.Model)
		}
		if nic.MTU < 0 || nic.MTU > 65520 {
			f.refuse("network_adapters[%d].mtu must be in range 0-65520, got: %d", i, nic.MTU)
		}
	}
}

func (c *proxmoxConfig) checkDisks(f *findings) {
	for i, disk := range c.Disks {
		if disk.StoragePool == "" {
			f.refuse("disks[%d].storage_pool must be specified", i)
		}
		if disk.StoragePoolType != "" {
			f.warn("disks[%d].storage_pool_type is deprecated and has no effect", i)
		}
		if disk.IOThread {
			if c.SCSIController != "virtio-scsi-single" {
				f.refuse("disks[%d].io_thread needs scsi_controller virtio-scsi-single, got: %q", i, c.SCSIController)
			}
			// The default type is applied to another copy: a type left out does not pass.
			if !oneOf(disk.Type, "scsi", "virtio") {
				f.refuse("disks[%d].io_thread needs an explicit type scsi or virtio, got: %q", i, disk.Type)
			}
		}
		if !oneOf(disk.AsyncIO, "", "native", "threads", "io_uring") {
			f.refuse("disks[%d].asyncio must be native, threads or io_uring, got: %q", i, disk.AsyncIO)
		}
		if disk.SSD && disk.Type == "virtio" {
			f.refuse("disks[%d].ssd cannot be used with type virtio", i)
		}
	}
}

func (c *proxmoxConfig) checkPCI(f *findings) {
	for i, device := range c.PCIDevices {
		if (device.Host == "") == (device.Mapping == "") {
			f.refuse("pci_devices[%d] needs either host or mapping", i)
		}
		if device.Host != "" && !pciAddress.MatchString(device.Host) {
			f.refuse("pci_devices[%d].host is no PCI address: %q", i, device.Host)
		}
		if device.PCIe && !strings.HasPrefix(c.Machine, "q35") && !strings.HasPrefix(c.Machine, "pc-q35") {
			f.refuse("pci_devices[%d].pcie needs machine q35, got: %q", i, c.Machine)
		}
		if device.LegacyIGD && (!(c.Machine == "pc" || strings.HasPrefix(c.Machine, "pc-i440fx")) || c.VGA.Type != "none") {
			f.refuse("pci_devices[%d].legacy_igd needs machine pc and vga type none, got: %q and %q", i, c.Machine, c.VGA.Type)
		}
	}
}

func (c *proxmoxConfig) checkClone(f *findings) {
	if (c.CloneVM == "") == (c.CloneVMID == 0) {
		f.refuse("exactly one of clone_vm and clone_vm_id must be specified")
	}
	if c.CloneVMID != 0 && (c.CloneVMID < lowestVMID || c.CloneVMID > highestVMID) {
		f.refuse("clone_vm_id must be in range 100-999999999, got: %d", c.CloneVMID)
	}
	if c.Nameserver != "" {
		for _, address := range strings.Split(c.Nameserver, " ") {
			if _, err := netip.ParseAddr(address); err != nil {
				f.refuse("nameserver: %q is no IP address", address)
			}
		}
	}
	if len(c.IPConfigs) > len(c.NetworkAdapters) {
		f.refuse("%d ipconfig blocks for %d network_adapters", len(c.IPConfigs), len(c.NetworkAdapters))
	}
}
