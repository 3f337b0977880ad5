package main

import (
	"crypto/rand"
	"fmt"
	"net"
	"sort"
	"strconv"
	"strings"
)

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

// hardware is what the plugin sends to make a machine, or to change the one cloned, whose configuration is `current`.
func (c *proxmoxConfig) hardware(id int, current map[string]interface{}) parameters {
	p := parameters{
		"vmid":        strconv.Itoa(id),
		"name":        c.VMName,
		"description": "Packer ephemeral build VM",
		"agent":       agentOption(*c.QEMUAgent, current),
		"kvm":         flag(!c.DisableKVM),
		"onboot":      flag(c.Onboot),
		"numa":        flag(c.NUMA),
		"cores":       strconv.FormatInt(c.Cores, 10),
		"sockets":     strconv.FormatInt(c.Sockets, 10),
		"cpu":         c.CPUType + cpuFlags(current),
		"memory":      strconv.FormatInt(c.Memory, 10),
		"ostype":      c.OS,
		"scsihw":      c.SCSIController,
		"tags":        c.Tags,
	}
	if c.BallooningMinimum > 0 {
		p["balloon"] = strconv.FormatInt(c.BallooningMinimum, 10)
	}
	for name, value := range map[string]string{
		"bios": c.BIOS, "boot": c.Boot, "machine": c.Machine, "args": c.AdditionalArgs, "efidisk0": c.efiDisk(),
		"vga":  joined("type", c.VGA.Type, "memory", positive(c.VGA.Memory)),
		"rng0": joined("source", c.RNG0.Source, "max_bytes", positive(c.RNG0.MaxBytes), "period", positive(c.RNG0.Period)),
	} {
		if value != "" {
			p[name] = value
		}
	}
	if c.TPMConfig.StoragePool != "" && current["tpmstate0"] == nil {
		p["tpmstate0"] = fmt.Sprintf("%s:1,version=%s", c.TPMConfig.StoragePool, c.TPMConfig.Version)
	}
	for i, serial := range c.Serials {
		if name := fmt.Sprintf("serial%d", i); current[name] != serial {
			p[name] = serial
		}
	}
	for i, nic := range c.NetworkAdapters {
		p[fmt.Sprintf("net%d", i)] = nic.option(id, i)
	}
	for i, device := range c.PCIDevices {
		p[fmt.Sprintf("hostpci%d", i)] = device.option()
	}
	return p
}

// agentOption keeps what a clone has beside the switch itself.
func agentOption(enabled bool, current map[string]interface{}) string {
	options := []string{flag(enabled)}
	has := fieldsOf(current["agent"])
	for _, name := range []string{"freeze-fs-on-backup", "fstrim_cloned_disks", "type"} {
		if value, isSet := has[name]; isSet {
			options = append(options, name+"="+value)
		}
	}
	return strings.Join(options, ",")
}

// cpuFlags keeps those of a clone: a template cannot name any.
func cpuFlags(current map[string]interface{}) string {
	if flags := fieldsOf(current["cpu"])["flags"]; flags != "" {
		return ",flags=" + flags
	}
	return ""
}

// fieldsOf reads `a=b,c=d`; a first field without a name is left out.
func fieldsOf(option interface{}) map[string]string {
	fields := map[string]string{}
	text, _ := option.(string)
	for _, part := range strings.Split(text, ",") {
		if name, value, named := strings.Cut(part, "="); named {
			fields[name] = value
		}
	}
	return fields
}

// joined writes `name=value` for all pairs that have a value.
func joined(pairs ...string) string {
	options := []string{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			options = append(options, pairs[i]+"="+pairs[i+1])
		}
	}
	return strings.Join(options, ",")
}

func positive(number int64) string {
	if number > 0 {
		return strconv.FormatInt(number, 10)
	}
	return ""
}

func given(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func (c *proxmoxConfig) efiDisk() string {
	efi := c.EFIConfig
	if efi.StoragePool == "" {
		return ""
	}
	return efi.StoragePool + ":1," + joined("efitype", efi.Type, "format", efi.Format, "pre-enrolled-keys", flag(efi.PreEnrolledKeys))
}

func (nic networkAdapter) option(id, index int) string {
	address := nic.MACAddress
	switch address {
	case "":
		bytes := make(net.HardwareAddr, 6)
		_, _ = rand.Read(bytes)
		bytes[0] = (bytes[0] | 2) & 0xfe // locally administered, not multicast
		address = strings.ToUpper(bytes.String())
	case "repeatable":
		pair := id<<5 | index
		address = fmt.Sprintf("00:18:59:%02X:%02X:%02X", byte(pair>>16), byte(pair>>8), byte(pair))
	}
	return joined(nic.Model, address, "bridge", nic.Bridge, "tag", nic.VLANTag, "firewall", given(nic.Firewall),
		"mtu", positive(nic.MTU), "queues", positive(nic.PacketQueues))
}

func (device pciDevice) option() string {
	return joined("host", device.Host, "mapping", device.Mapping, "device-id", device.DeviceID, "vendor-id", device.VendorID,
		"sub-device-id", device.SubDeviceID, "sub-vendor-id", device.SubVendorID, "mdev", device.MDEV, "romfile", device.ROMFile,
		"pcie", strconv.FormatBool(device.PCIe), "rombar", strconv.FormatBool(!device.HideROMBAR), "x-vga", strconv.FormatBool(device.XVGA),
		"legacy-igd", strconv.FormatBool(device.LegacyIGD))
}

func sorted[V any](of map[string]V) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
