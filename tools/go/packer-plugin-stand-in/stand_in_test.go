package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
	hcljson "github.com/hashicorp/hcl/v2/json"
)

type object = map[string]interface{}

// prepare does what Packer does with a block: decode it by the specification, hand the value to the component.
func prepare(t *testing.T, plugin, name string, configuration object) ([]string, error) {
	t.Helper()
	text, err := json.Marshal(configuration)
	if err != nil {
		t.Fatal(err)
	}
	file, diagnostics := hcljson.Parse(text, "test.pkr.json")
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	components, err := readComponents(plugin, standIns[plugin].version)
	if err != nil {
		t.Fatal(err)
	}
	c, known := components[name]
	if !known {
		t.Fatalf("no component %s", name)
	}
	value, diagnostics := hcldec.Decode(file.Body, c.spec, nil)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	if rules, isBuilder := builderRules[name]; isBuilder {
		_, warnings, err := (&builder{component: c, rules: rules}).Prepare(value, object{"packer_build_name": "test"})
		return warnings, err
	}
	return nil, (&provisioner{component: c, rules: provisionerRules[name]}).Prepare(value, object{"packer_build_name": "test"})
}

func with(base object, changes object) object {
	result := object{}
	for _, source := range []object{base, changes} {
		for name, value := range source {
			if value == nil {
				delete(result, name)
			} else {
				result[name] = value
			}
		}
	}
	return result
}

var (
	common = object{
		"proxmox_url": "https://pve.invalid:8006/api2/json", "username": "root@pam!x", "token": "y", "node": "pve", "ssh_username": "root",
		"scsi_controller": "virtio-scsi-single",
	}
	clone = with(common, object{"clone_vm_id": 9100})
	iso   = with(common, object{"boot_iso": object{"iso_file": "local:iso/debian.iso", "unmount": true}})
	cd    = object{"cd_content": object{"meta-data": ""}, "cd_label": "cidata", "iso_storage_pool": "local", "type": "scsi", "index": "1"}
)

func TestAccepted(t *testing.T) {
	for name, test := range map[string]struct {
		component     string
		configuration object
	}{
		"clone":         {"proxmox-clone", clone},
		"clone by name": {"proxmox-clone", with(clone, object{"clone_vm_id": nil, "clone_vm": "base"})},
		"clone, seed":   {"proxmox-clone", with(clone, object{"additional_iso_files": []object{cd}})},
		"clone, addresses": {"proxmox-clone", with(clone, object{
			"nameserver":       "192.0.2.1 2001:db8::1",
			"network_adapters": []object{{"bridge": "b"}},
			"ipconfig":         []object{{"ip": "dhcp"}},
		})},
		"iso": {"proxmox-iso", iso},
		"iso by url": {"proxmox-iso", with(iso, object{"boot_iso": object{
			"iso_url":          "https://x.invalid/a.iso",
			"iso_checksum":     "sha256:" + strings.Repeat("0", 64),
			"iso_storage_pool": "local",
		}})},
		"boot command":     {"proxmox-iso", with(iso, object{"boot_command": []string{"<esc><wait5>http://{{ .HTTPIP }}:{{ .HTTPPort }}/"}})},
		"escaped template": {"proxmox-iso", with(iso, object{"template_description": "{{`{{`}} x }}"})},
		"disks": {"proxmox-iso", with(iso, object{"disks": []object{
			{"storage_pool": "tank", "type": "scsi", "io_thread": true, "asyncio": "native"},
		}})},
		"efi and tpm": {"proxmox-iso", with(iso, object{
			"efi_config": object{"efi_storage_pool": "tank", "pre_enrolled_keys": true},
			"tpm_config": object{"tpm_storage_pool": "tank"},
		})},
		"pci": {"proxmox-iso", with(iso, object{
			"machine":     "q35",
			"pci_devices": []object{{"mapping": "gpu", "pcie": true}, {"host": "0000:01:00.0"}},
		})},
		"winrm": {"proxmox-iso", with(iso, object{"ssh_username": nil, "communicator": "winrm", "winrm_username": "Administrator"})},
	} {
		t.Run(name, func(t *testing.T) {
			warnings, err := prepare(t, "proxmox", test.component, test.configuration)
			if err != nil || len(warnings) > 0 {
				t.Fatalf("error %v, warnings %v", err, warnings)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	seed := func(changes object) object { return object{"additional_iso_files": []object{with(cd, changes)}} }
	boot := func(changes object) object { return object{"boot_iso": changes} }
	disk := func(changes object) object {
		return object{"disks": []object{with(object{"storage_pool": "tank", "type": "scsi"}, changes)}}
	}
	nic := func(changes object) object {
		return object{"network_adapters": []object{with(object{"bridge": "b"}, changes)}}
	}
	for says, changes := range map[string]struct {
		component string
		changes   object
	}{
		"proxmox_url must be":                    {"proxmox-clone", object{"proxmox_url": nil}},
		"username must be":                       {"proxmox-clone", object{"username": nil}},
		"password or token":                      {"proxmox-clone", object{"token": nil}},
		"node must be":                           {"proxmox-clone", object{"node": nil}},
		"An ssh_username must be specified":      {"proxmox-clone", object{"ssh_username": nil}},
		"vm_id must be in range":                 {"proxmox-clone", object{"vm_id": 99}},
		"vm_name must be a valid DNS name":       {"proxmox-clone", object{"vm_name": "a_b"}},
		"template_name must be a valid DNS name": {"proxmox-clone", object{"template_name": "-a"}},
		"ballooning_minimum (1024)":              {"proxmox-clone", object{"ballooning_minimum": 1024}},
		"cores does not fit":                     {"proxmox-clone", object{"cores": 256}},
		"serials must be":                        {"proxmox-clone", object{"serials": []string{"tty"}}},
		"at most 4 serials":                      {"proxmox-clone", object{"serials": []string{"socket", "socket", "socket", "socket", "socket"}}},
		"cloud_init_disk_type must be":           {"proxmox-clone", object{"cloud_init": true, "cloud_init_disk_type": "virtio"}},
		"exactly one of clone_vm":                {"proxmox-clone", object{"clone_vm": "base"}},
		"clone_vm_id must be in range":           {"proxmox-clone", object{"clone_vm_id": 5}},
		"nameserver: \"\"":                       {"proxmox-clone", object{"nameserver": "192.0.2.1  192.0.2.2"}},
		"1 ipconfig blocks for 0":                {"proxmox-clone", object{"ipconfig": []object{{"ip": "dhcp"}}}},
		"bridge must be":                         {"proxmox-clone", nic(object{"bridge": nil})},
		"packet_queues needs model":              {"proxmox-clone", nic(object{"packet_queues": 2})},
		"mtu must be in range":                   {"proxmox-clone", nic(object{"mtu": 65521})},
		"storage_pool must be":                   {"proxmox-clone", disk(object{"storage_pool": nil})},
		"io_thread needs an explicit type":       {"proxmox-clone", disk(object{"type": nil, "io_thread": true})},
		"io_thread needs scsi_controller":        {"proxmox-clone", with(disk(object{"io_thread": true}), object{"scsi_controller": "virtio-scsi-pci"})},
		"asyncio must be":                        {"proxmox-clone", disk(object{"asyncio": "fast"})},
		"ssd cannot be used":                     {"proxmox-clone", disk(object{"type": "virtio", "ssd": true})},
		"efi_storage_pool must be":               {"proxmox-iso", object{"efi_config": object{"efi_type": "4m"}}},
		"efidisk and efi_config":                 {"proxmox-iso", object{"efidisk": "tank", "efi_config": object{"efi_storage_pool": "tank"}}},
		"tpm_storage_pool must be":               {"proxmox-iso", object{"tpm_config": object{"tpm_version": "v2.0"}}},
		"tpm_version must be":                    {"proxmox-iso", object{"tpm_config": object{"tpm_storage_pool": "tank", "tpm_version": "2"}}},
		"rng0.source must be":                    {"proxmox-iso", object{"rng0": object{"max_bytes": 1024}}},
		"must not be negative":                   {"proxmox-iso", object{"rng0": object{"source": "/dev/urandom", "period": -1}}},
		"either host or mapping":                 {"proxmox-iso", object{"pci_devices": []object{{"mdev": "x"}}}},
		"host is no PCI address":                 {"proxmox-iso", object{"pci_devices": []object{{"host": "01:00"}}}},
		"pcie needs machine q35":                 {"proxmox-iso", object{"pci_devices": []object{{"mapping": "gpu", "pcie": true}}}},
		"legacy_igd needs machine pc":            {"proxmox-iso", object{"machine": "pc", "pci_devices": []object{{"mapping": "gpu", "legacy_igd": true}}}},
		"exactly one of iso_file":                {"proxmox-iso", boot(object{"unmount": true})},
		"boot_iso.iso_storage_pool must be":      {"proxmox-iso", boot(object{"cd_content": object{"a": "b"}})},
		"iso_download_pve needs iso_url":         {"proxmox-iso", boot(object{"iso_file": "local:iso/a.iso", "iso_download_pve": true})},
		"boot_iso.type must be":                  {"proxmox-iso", boot(object{"iso_file": "local:iso/a.iso", "type": "virtio"})},
		"checksum must be specified":             {"proxmox-iso", boot(object{"iso_url": "https://x.invalid/a.iso", "iso_storage_pool": "local"})},
		"STORAGE:iso/FILE":                       {"proxmox-clone", seed(object{"cd_content": nil, "iso_file": "a.iso"})},
		"ide has no slot 4":                      {"proxmox-clone", seed(object{"device": "ide4"})},
		"Bad CD disk file":                       {"proxmox-clone", seed(object{"cd_files": []string{"nothing"}})},
		"http_content":                           {"proxmox-iso", object{"http_directory": ".", "http_content": object{"/a": "b"}}},
		"function \"ds\" not defined":            {"proxmox-clone", object{"template_description": "{{ ds.meta_data }}"}},
		"Extraneous JSON object property":        {"proxmox-clone", object{"knot": "pve"}},
	} {
		t.Run(says, func(t *testing.T) {
			configuration := with(map[string]object{"proxmox-clone": clone, "proxmox-iso": iso}[changes.component], changes.changes)
			_, err := prepare(t, "proxmox", changes.component, configuration)
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Fatalf("says %v", err)
			}
		})
	}
}

func TestDeprecatedFieldsWarn(t *testing.T) {
	for says, changes := range map[string]object{
		"iso_file is deprecated":          {"iso_file": "local:iso/b.iso"},
		"efidisk is deprecated":           {"efidisk": "tank"},
		"storage_pool_type is deprecated": {"disks": []object{{"storage_pool": "tank", "storage_pool_type": "lvm"}}},
		"device is deprecated":            {"additional_iso_files": []object{with(cd, object{"device": "sata1"})}},
	} {
		t.Run(says, func(t *testing.T) {
			warnings, err := prepare(t, "proxmox", "proxmox-iso", with(iso, changes))
			if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], says) {
				t.Fatalf("error %v, warnings %v", err, warnings)
			}
		})
	}
}

func TestProvisioners(t *testing.T) {
	playbook := filepath.Join(t.TempDir(), "playbook.yml")
	if err := os.WriteFile(playbook, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ansible := object{"playbook_file": playbook, "skip_version_check": true, "inventory_file_template": "{{ .Host }}"}
	for name, test := range map[string]struct {
		plugin, component string
		configuration     object
		says              string
	}{
		"ansible":             {"ansible", "ansible", ansible, ""},
		"no playbook":         {"ansible", "ansible", with(ansible, object{"playbook_file": nil}), "playbook_file must be specified"},
		"playbook not there":  {"ansible", "ansible", with(ansible, object{"playbook_file": playbook + "x"}), "no such file"},
		"playbook is folder":  {"ansible", "ansible", with(ansible, object{"playbook_file": filepath.Dir(playbook)}), "is a folder"},
		"key type":            {"ansible", "ansible", with(ansible, object{"ansible_proxy_key_type": "DSA"}), "must be ECDSA or RSA"},
		"port":                {"ansible", "ansible", with(ansible, object{"local_port": 65536}), "local_port must be"},
		"inventory directory": {"ansible", "ansible", with(ansible, object{"inventory_directory": playbook}), "is no folder"},
		"ansible not there": {"ansible", "ansible", with(ansible, object{"skip_version_check": nil, "command": "no-such-ansible"}),
			"no-such-ansible --version does not run"},
		"local":          {"ansible", "ansible-local", object{"playbook_files": []string{playbook}}, ""},
		"local, none":    {"ansible", "ansible-local", object{}, "either playbook_file or playbook_files"},
		"windows-update": {"windows-update", "windows-update", object{"update_limit": 10, "restart_timeout": "1h"}, ""},
		"duration":       {"windows-update", "windows-update", object{"restart_timeout": "soon"}, "invalid duration"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := prepare(t, test.plugin, test.component, test.configuration)
			if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
				t.Fatalf("says %v, not %q", err, test.says)
			}
		})
	}
}
