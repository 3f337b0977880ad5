package main

import (
	"os"
	"os/exec"
	"strings"
	"time"
)

type ansibleConfig struct {
	PackerBuildName       string   `mapstructure:"packer_build_name"`
	PackerBuilderType     string   `mapstructure:"packer_builder_type"`
	Command               string   `mapstructure:"command"`
	PlaybookFile          string   `mapstructure:"playbook_file"`
	User                  string   `mapstructure:"user"`
	ExtraArguments        []string `mapstructure:"extra_arguments"`
	EnvVars               []string `mapstructure:"ansible_env_vars"`
	SSHExtraArgs          []string `mapstructure:"ansible_ssh_extra_args"`
	Groups                []string `mapstructure:"groups"`
	EmptyGroups           []string `mapstructure:"empty_groups"`
	HostAlias             string   `mapstructure:"host_alias"`
	GalaxyFile            string   `mapstructure:"galaxy_file"`
	InventoryDirectory    string   `mapstructure:"inventory_directory"`
	InventoryFile         string   `mapstructure:"inventory_file"`
	InventoryFileTemplate string   `mapstructure:"inventory_file_template"`
	KeepInventoryFile     bool     `mapstructure:"keep_inventory_file"`
	SSHHostKeyFile        string   `mapstructure:"ssh_host_key_file"`
	SSHAuthorizedKeyFile  string   `mapstructure:"ssh_authorized_key_file"`
	ProxyKeyType          string   `mapstructure:"ansible_proxy_key_type"`
	SFTPCommand           string   `mapstructure:"sftp_command"`
	UseSFTP               bool     `mapstructure:"use_sftp"`
	UseProxy              *bool    `mapstructure:"use_proxy"`
	WinRMUseHTTP          bool     `mapstructure:"ansible_winrm_use_http"`
	LocalPort             int64    `mapstructure:"local_port"`
	SkipVersionCheck      bool     `mapstructure:"skip_version_check"`
}

type ansibleLocalConfig struct {
	PlaybookFile  string   `mapstructure:"playbook_file"`
	PlaybookFiles []string `mapstructure:"playbook_files"`
}

type windowsUpdateConfig struct {
	Filters        []string      `mapstructure:"filters"`
	RestartTimeout time.Duration `mapstructure:"restart_timeout"`
	UpdateLimit    int64         `mapstructure:"update_limit"`
}

var provisionerRules = map[string]func(*settings, *findings) error{
	"ansible": func(s *settings, f *findings) error {
		c := &ansibleConfig{}
		if err := s.decode(c); err != nil {
			return err
		}
		if c.PlaybookFile == "" {
			f.refuse("playbook_file must be specified")
		}
		for field, file := range map[string]string{
			"playbook_file":           c.PlaybookFile,
			"galaxy_file":             c.GalaxyFile,
			"ssh_host_key_file":       c.SSHHostKeyFile,
			"ssh_authorized_key_file": c.SSHAuthorizedKeyFile,
		} {
			f.checkFile(field, file)
		}
		if c.InventoryDirectory != "" {
			if info, err := os.Stat(c.InventoryDirectory); err != nil || !info.IsDir() {
				f.refuse("inventory_directory: %s is no folder", c.InventoryDirectory)
			}
		}
		if c.LocalPort < 0 || c.LocalPort > 65535 {
			f.refuse("local_port must be a port, got: %d", c.LocalPort)
		}
		if !oneOf(strings.ToUpper(c.ProxyKeyType), "", "ECDSA", "RSA") {
			f.refuse("ansible_proxy_key_type must be ECDSA or RSA, got: %q", c.ProxyKeyType)
		}
		if !c.SkipVersionCheck {
			command := c.Command
			if command == "" {
				command = "ansible-playbook"
			}
			if err := exec.Command(command, "--version").Run(); err != nil {
				f.refuse("%s --version does not run: %s", command, err)
			}
		}
		return nil
	},
	"ansible-local": func(s *settings, f *findings) error {
		c := &ansibleLocalConfig{}
		if err := s.decode(c); err != nil {
			return err
		}
		if (c.PlaybookFile == "") == (len(c.PlaybookFiles) == 0) {
			f.refuse("either playbook_file or playbook_files must be specified")
		}
		for _, file := range append(c.PlaybookFiles, c.PlaybookFile) {
			f.checkFile("playbook", file)
		}
		return nil
	},
	"windows-update": func(s *settings, f *findings) error {
		return s.decode(&windowsUpdateConfig{})
	},
}

// checkFile refuses what is no readable file; a field left out is fine.
func (f *findings) checkFile(field, file string) {
	if file == "" {
		return
	}
	if info, err := os.Stat(file); err != nil {
		f.refuse("%s: %s", field, err)
	} else if info.IsDir() {
		f.refuse("%s: %s is a folder", field, file)
	}
}
