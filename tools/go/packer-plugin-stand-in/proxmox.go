package main

import (
	"os"

	"github.com/hashicorp/packer-plugin-sdk/bootcommand"
	"github.com/hashicorp/packer-plugin-sdk/communicator"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// proxmoxConfig holds the fields that the rules look at.
type proxmoxConfig struct {
	commonsteps.HTTPConfig `mapstructure:",squash"`
	bootcommand.BootConfig `mapstructure:",squash"`
	Comm                   communicator.Config `mapstructure:",squash"`

	ProxmoxURL string `mapstructure:"proxmox_url"`
	Username   string `mapstructure:"username"`
	Password   string `mapstructure:"password"`
	Token      string `mapstructure:"token"`
	Node       string `mapstructure:"node"`

	VMID              int64    `mapstructure:"vm_id"`
	VMName            string   `mapstructure:"vm_name"`
	TemplateName      string   `mapstructure:"template_name"`
	Memory            int64    `mapstructure:"memory"`
	BallooningMinimum int64    `mapstructure:"ballooning_minimum"`
	Cores             int64    `mapstructure:"cores"`
	Sockets           int64    `mapstructure:"sockets"`
	Machine           string   `mapstructure:"machine"`
	SCSIController    string   `mapstructure:"scsi_controller"`
	Serials           []string `mapstructure:"serials"`

	CloudInit         bool   `mapstructure:"cloud_init"`
	CloudInitDiskType string `mapstructure:"cloud_init_disk_type"`

	EFIDisk   string    `mapstructure:"efidisk"`
	EFIConfig efiConfig `mapstructure:"efi_config"`
	TPMConfig tpmConfig `mapstructure:"tpm_config"`
	VGA       struct {
		Type string `mapstructure:"type"`
	} `mapstructure:"vga"`
	RNG0 rngConfig `mapstructure:"rng0"`

	NetworkAdapters    []networkAdapter `mapstructure:"network_adapters"`
	Disks              []diskConfig     `mapstructure:"disks"`
	PCIDevices         []pciDevice      `mapstructure:"pci_devices"`
	AdditionalISOFiles []isoFile        `mapstructure:"additional_iso_files"`

	// proxmox-iso
	BootISO    *isoFile `mapstructure:"boot_iso"`
	OldBootISO isoFile  `mapstructure:",squash"`
	UnmountISO bool     `mapstructure:"unmount_iso"`

	// proxmox-clone
	CloneVM    string     `mapstructure:"clone_vm"`
	CloneVMID  int64      `mapstructure:"clone_vm_id"`
	Nameserver string     `mapstructure:"nameserver"`
	IPConfigs  []ipConfig `mapstructure:"ipconfig"`
}

type efiConfig struct {
	StoragePool     string `mapstructure:"efi_storage_pool"`
	Type            string `mapstructure:"efi_type"`
	Format          string `mapstructure:"efi_format"`
	PreEnrolledKeys bool   `mapstructure:"pre_enrolled_keys"`
}

type tpmConfig struct {
	StoragePool string `mapstructure:"tpm_storage_pool"`
	Version     string `mapstructure:"tpm_version"`
}

type rngConfig struct {
	Source   string `mapstructure:"source"`
	MaxBytes int64  `mapstructure:"max_bytes"`
	Period   int64  `mapstructure:"period"`
}

type networkAdapter struct {
	Model        string `mapstructure:"model"`
	Bridge       string `mapstructure:"bridge"`
	PacketQueues int64  `mapstructure:"packet_queues"`
	MTU          int64  `mapstructure:"mtu"`
}

type diskConfig struct {
	Type            string `mapstructure:"type"`
	StoragePool     string `mapstructure:"storage_pool"`
	StoragePoolType string `mapstructure:"storage_pool_type"`
	AsyncIO         string `mapstructure:"asyncio"`
	IOThread        bool   `mapstructure:"io_thread"`
	SSD             bool   `mapstructure:"ssd"`
}

type pciDevice struct {
	Host      string `mapstructure:"host"`
	Mapping   string `mapstructure:"mapping"`
	PCIe      bool   `mapstructure:"pcie"`
	LegacyIGD bool   `mapstructure:"legacy_igd"`
}

type ipConfig struct {
	IP string `mapstructure:"ip"`
}

type isoFile struct {
	commonsteps.ISOConfig `mapstructure:",squash"`
	commonsteps.CDConfig  `mapstructure:",squash"`
	Type                  string `mapstructure:"type"`
	Index                 string `mapstructure:"index"`
	Device                string `mapstructure:"device"`
	File                  string `mapstructure:"iso_file"`
	StoragePool           string `mapstructure:"iso_storage_pool"`
	DownloadPVE           bool   `mapstructure:"iso_download_pve"`
	Unmount               bool   `mapstructure:"unmount"`
	KeepCDROMDevice       bool   `mapstructure:"keep_cdrom_device"`
}

var builderRules = map[string]func(*settings, *findings) error{
	"proxmox-iso": func(s *settings, f *findings) error {
		c, err := proxmoxRules(s, f)
		if err == nil {
			c.checkBootISO(s, f)
		}
		return err
	},
	"proxmox-clone": func(s *settings, f *findings) error {
		c, err := proxmoxRules(s, f)
		if err == nil {
			c.checkClone(f)
		}
		return err
	},
}

// proxmoxRules are those that both builders share.
func proxmoxRules(s *settings, f *findings) (*proxmoxConfig, error) {
	c := &proxmoxConfig{}
	if err := s.decode(c); err != nil {
		return nil, err
	}
	packersdk.LogSecretFilter.Set(c.Password)
	c.fillFromEnvironment()
	c.checkConnection(f)
	c.checkIdentity(f)
	c.checkHardware(f)
	c.checkFirmware(f)
	c.checkNetwork(f)
	c.checkDisks(f)
	c.checkPCI(f)
	for i := range c.AdditionalISOFiles {
		c.AdditionalISOFiles[i].check("additional_iso_files", s, f)
	}
	f.errors = append(f.errors, c.Comm.Prepare(&s.context)...)
	f.errors = append(f.errors, c.BootConfig.Prepare(&s.context)...)
	f.errors = append(f.errors, c.HTTPConfig.Prepare(&s.context)...)
	return c, nil
}

func (c *proxmoxConfig) fillFromEnvironment() {
	for variable, field := range map[string]*string{
		"PROXMOX_URL":      &c.ProxmoxURL,
		"PROXMOX_USERNAME": &c.Username,
		"PROXMOX_PASSWORD": &c.Password,
		"PROXMOX_TOKEN":    &c.Token,
	} {
		if *field == "" {
			*field = os.Getenv(variable)
		}
	}
}
