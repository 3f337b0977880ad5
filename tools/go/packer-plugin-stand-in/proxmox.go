package main

import (
	"os"
	"time"

	"github.com/hashicorp/packer-plugin-sdk/bootcommand"
	packercommon "github.com/hashicorp/packer-plugin-sdk/common"
	"github.com/hashicorp/packer-plugin-sdk/communicator"
	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// proxmoxConfig holds the fields that the rules and the builders look at.
type proxmoxConfig struct {
	packercommon.PackerConfig `mapstructure:",squash"`
	commonsteps.HTTPConfig    `mapstructure:",squash"`
	bootcommand.BootConfig    `mapstructure:",squash"`
	Comm                      communicator.Config `mapstructure:",squash"`

	ProxmoxURL string `mapstructure:"proxmox_url"`
	Username   string `mapstructure:"username"`
	Password   string `mapstructure:"password"`
	Token      string `mapstructure:"token"`
	Node       string `mapstructure:"node"`
	Pool       string `mapstructure:"pool"`

	InsecureSkipTLSVerify bool          `mapstructure:"insecure_skip_tls_verify"`
	TaskTimeout           time.Duration `mapstructure:"task_timeout"`
	BootKeyInterval       time.Duration `mapstructure:"boot_key_interval"`
	VMInterface           string        `mapstructure:"vm_interface"`
	SkipConvertToTemplate bool          `mapstructure:"skip_convert_to_template"`

	VMID              int64    `mapstructure:"vm_id"`
	VMName            string   `mapstructure:"vm_name"`
	TemplateName      string   `mapstructure:"template_name"`
	Description       string   `mapstructure:"template_description"`
	Tags              string   `mapstructure:"tags"`
	Boot              string   `mapstructure:"boot"`
	BIOS              string   `mapstructure:"bios"`
	OS                string   `mapstructure:"os"`
	CPUType           string   `mapstructure:"cpu_type"`
	NUMA              bool     `mapstructure:"numa"`
	Onboot            bool     `mapstructure:"onboot"`
	DisableKVM        bool     `mapstructure:"disable_kvm"`
	QEMUAgent         *bool    `mapstructure:"qemu_agent"`
	AdditionalArgs    string   `mapstructure:"qemu_additional_args"`
	Memory            int64    `mapstructure:"memory"`
	BallooningMinimum int64    `mapstructure:"ballooning_minimum"`
	Cores             int64    `mapstructure:"cores"`
	Sockets           int64    `mapstructure:"sockets"`
	Machine           string   `mapstructure:"machine"`
	SCSIController    string   `mapstructure:"scsi_controller"`
	Serials           []string `mapstructure:"serials"`

	CloudInit         bool   `mapstructure:"cloud_init"`
	CloudInitDiskType string `mapstructure:"cloud_init_disk_type"`
	CloudInitStorage  string `mapstructure:"cloud_init_storage_pool"`
	NoUpgrade         *bool  `mapstructure:"cloud_init_disable_upgrade_packages"`

	EFIDisk   string    `mapstructure:"efidisk"`
	EFIConfig efiConfig `mapstructure:"efi_config"`
	TPMConfig tpmConfig `mapstructure:"tpm_config"`
	VGA       struct {
		Type   string `mapstructure:"type"`
		Memory int64  `mapstructure:"memory"`
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
	CloneVM      string     `mapstructure:"clone_vm"`
	CloneVMID    int64      `mapstructure:"clone_vm_id"`
	FullClone    *bool      `mapstructure:"full_clone"`
	Nameserver   string     `mapstructure:"nameserver"`
	Searchdomain string     `mapstructure:"searchdomain"`
	IPConfigs    []ipConfig `mapstructure:"ipconfig"`

	// isos are those of boot_iso and additional_iso_files, in their order.
	isos []*isoFile
	// settings renders the boot command, when it is typed.
	settings *settings
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
	MACAddress   string `mapstructure:"mac_address"`
	VLANTag      string `mapstructure:"vlan_tag"`
	Firewall     bool   `mapstructure:"firewall"`
	PacketQueues int64  `mapstructure:"packet_queues"`
	MTU          int64  `mapstructure:"mtu"`
}

type diskConfig struct {
	Type            string `mapstructure:"type"`
	StoragePool     string `mapstructure:"storage_pool"`
	StoragePoolType string `mapstructure:"storage_pool_type"`
	Size            string `mapstructure:"disk_size"`
	Format          string `mapstructure:"format"`
	CacheMode       string `mapstructure:"cache_mode"`
	AsyncIO         string `mapstructure:"asyncio"`
	Discard         bool   `mapstructure:"discard"`

	ExcludeFromBackup bool `mapstructure:"exclude_from_backup"`

	IOThread bool `mapstructure:"io_thread"`
	SSD      bool `mapstructure:"ssd"`
}

type pciDevice struct {
	Host      string `mapstructure:"host"`
	Mapping   string `mapstructure:"mapping"`
	PCIe      bool   `mapstructure:"pcie"`
	LegacyIGD bool   `mapstructure:"legacy_igd"`

	DeviceID    string `mapstructure:"device_id"`
	VendorID    string `mapstructure:"vendor_id"`
	SubDeviceID string `mapstructure:"sub_device_id"`
	SubVendorID string `mapstructure:"sub_vendor_id"`
	MDEV        string `mapstructure:"mdev"`
	ROMFile     string `mapstructure:"romfile"`
	HideROMBAR  bool   `mapstructure:"hide_rombar"`
	XVGA        bool   `mapstructure:"x_vga"`
}

type ipConfig struct {
	IP       string `mapstructure:"ip"`
	Gateway  string `mapstructure:"gateway"`
	IP6      string `mapstructure:"ip6"`
	Gateway6 string `mapstructure:"gateway6"`
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

	// slot is where the image is attached; downloaded names the place of a file that has to be uploaded.
	slot       string
	downloaded string
}

// builderRules read and check the configuration of a builder.
var builderRules = map[string]func(*settings, *findings) (*proxmoxConfig, error){
	"proxmox-iso": func(s *settings, f *findings) (*proxmoxConfig, error) {
		c, err := proxmoxRules(s, f)
		if err == nil {
			c.checkBootISO(s, f)
		}
		return c, err
	},
	"proxmox-clone": func(s *settings, f *findings) (*proxmoxConfig, error) {
		c, err := proxmoxRules(s, f)
		if err == nil {
			c.checkClone(f)
		}
		return c, err
	},
}

// proxmoxRules are those that both builders share.
func proxmoxRules(s *settings, f *findings) (*proxmoxConfig, error) {
	c := &proxmoxConfig{settings: s}
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
