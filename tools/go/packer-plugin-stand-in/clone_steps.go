package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/packer-plugin-sdk/communicator/ssh"
	"github.com/hashicorp/packer-plugin-sdk/uuid"
)

// prepareKey finds the key pair whose public half the machine gets by cloud-init: that of the template, or a new one.
func (b *build) prepareKey(context.Context) error {
	comm := &b.Comm
	name := "packer_" + uuid.TimeOrderedUUID()
	var pair ssh.KeyPair
	switch {
	case comm.SSHPassword != "":
		return nil
	case comm.SSHPrivateKeyFile != "":
		b.ui.Say("Using existing SSH private key for the communicator...")
		key, err := comm.ReadSSHPrivateKeyFile()
		if err != nil {
			return err
		}
		if pair, err = ssh.KeyPairFromPrivateKey(ssh.FromPrivateKeyConfig{RawPrivateKeyPemBlock: key, Comment: name}); err != nil {
			return err
		}
		comm.SSHPrivateKey = key
	case comm.SSHAgentAuth:
		b.ui.Say("Using local SSH Agent to authenticate connections for the communicator...")
		return nil
	default:
		b.ui.Say("Creating ephemeral key pair for SSH communicator...")
		var err error
		if pair, err = ssh.NewKeyPair(ssh.CreateKeyPairConfig{Comment: name}); err != nil {
			return fmt.Errorf("Error creating temporary keypair: %s", err)
		}
		comm.SSHPrivateKey = pair.PrivateKeyPemBlock
		comm.SSHClearAuthorizedKeys = true
		if b.PackerDebug {
			if err := os.WriteFile(b.PackerBuildName+".pem", comm.SSHPrivateKey, 0o600); err != nil {
				return err
			}
		}
	}
	comm.SSHKeyPairName, comm.SSHTemporaryKeyPairName = pair.Comment, pair.Comment
	comm.SSHPublicKey = pair.PublicKeyAuthorizedKeysLine
	return nil
}

// findSource prefers, of several machines of one name, the last one on the node of the build.
func (b *build) findSource() (*machine, error) {
	if b.CloneVMID != 0 {
		return b.api.machineByID(int(b.CloneVMID))
	}
	machines, err := b.api.machinesByName(b.CloneVM)
	if err != nil {
		return nil, err
	}
	found := machines[0]
	for _, m := range machines {
		if m.node == b.Node {
			found = m
		}
	}
	return found, nil
}

var diskSlot = regexp.MustCompile(`^(ide|sata|scsi|virtio)\d+$`)

func (b *build) mapSource(context.Context) error {
	source, err := b.findSource()
	if err != nil {
		return fmt.Errorf("Could not retrieve VM: %s", err)
	}
	configuration, err := b.api.configuration(source)
	if err != nil {
		return fmt.Errorf("error fetching template config: %s", err)
	}
	b.reserved = nil
	for _, slot := range sorted(configuration) {
		if volume, _ := configuration[slot].(string); diskSlot.MatchString(slot) && !strings.Contains(volume, "media=cdrom") {
			b.reserved = append(b.reserved, slot)
		}
	}
	return nil
}

// clone clones, and then writes the whole configuration.
func (b *build) clone(vm *machine, d *drives) error {
	if b.NoUpgrade != nil {
		if _, err := b.api.version(); err != nil {
			return fmt.Errorf("error fetching backend version: %s", err)
		}
	}
	source, err := b.findSource()
	if err != nil {
		return err
	}
	full := flag(b.FullClone == nil || *b.FullClone)
	form := parameters{"newid": fmt.Sprint(vm.id), "target": vm.node, "name": b.VMName, "full": full, "pool": b.Pool}
	if _, err := b.api.task(http.MethodPost, fmt.Sprintf("/nodes/%s/qemu/%d/clone", source.node, source.id), form); err != nil {
		return err
	}
	current, pool, err := b.unlocked(vm)
	if err != nil {
		return err
	}
	// Whether it is managed; an error is the usual answer.
	_, _ = b.api.get(fmt.Sprintf("/cluster/ha/resources/%d", vm.id), "ha resource")
	if _, err := b.api.version(); err != nil {
		return err
	}
	if err := b.moveTPM(vm, current); err != nil {
		return err
	}
	form = b.hardware(vm.id, current)
	for name, value := range d.parameters {
		form[name] = value
	}
	b.cloudInitOptions(form, current)
	if text, err := b.api.task(http.MethodPut, vm.path("/config"), form); err != nil {
		return fmt.Errorf("error updating VM: %v, error status: %s (params: %v)", err, text, form)
	}
	if _, err := b.api.get(vm.path("/pending"), "pending"); err != nil {
		return err
	}
	if err := b.grow(vm, d); err != nil {
		return err
	}
	if b.Pool != "" && pool != b.Pool {
		// An error here is not looked at.
		_, _ = b.api.form(http.MethodPut, "/pools?poolid="+url.QueryEscape(b.Pool), parameters{"vms": fmt.Sprint(vm.id), "allow-move": "1"})
	}
	return nil
}

// unlocked reads the configuration until the clone is no longer locked, three times at most.
func (b *build) unlocked(vm *machine) (current map[string]interface{}, pool string, err error) {
	for try := 0; try < 3; try++ {
		if current, err = b.api.configuration(vm); err != nil {
			return nil, "", err
		}
		listed, err := b.api.machineByID(vm.id)
		if err != nil {
			return nil, "", err
		}
		if listed.lock == "" {
			return current, listed.pool, nil
		}
		time.Sleep(8 * time.Second)
	}
	return nil, "", fmt.Errorf("vm locked, could not obtain config")
}

func (b *build) moveTPM(vm *machine, current map[string]interface{}) error {
	volume, there := current["tpmstate0"].(string)
	if !there || b.TPMConfig.StoragePool == "" {
		return nil
	}
	if version := fieldsOf(volume)["version"]; version != b.TPMConfig.Version {
		return fmt.Errorf("the stand-in does not change the version of a TPM, here %s", version)
	}
	if strings.HasPrefix(volume, b.TPMConfig.StoragePool+":") {
		return nil
	}
	_, err := b.api.task(http.MethodPost, vm.path("/move_disk"), parameters{"disk": "tpmstate0", "storage": b.TPMConfig.StoragePool, "delete": "1"})
	return err
}

// cloudInitOptions writes the login of the build. Where the template brought options of its own, those not given are deleted.
func (b *build) cloudInitOptions(form parameters, current map[string]interface{}) {
	brought := false
	for name := range current {
		brought = brought || regexp.MustCompile(`^(cicustom|cipassword|ciupgrade|ciuser|sshkeys|nameserver|searchdomain|ipconfig\d+)$`).MatchString(name)
	}
	absent := []string{}
	option := func(name, value string) {
		if value != "" {
			form[name] = value
		} else if brought {
			absent = append(absent, name)
		}
	}
	option("ciuser", b.Comm.SSHUsername)
	option("searchdomain", b.Searchdomain)
	option("nameserver", b.Nameserver)
	for i, address := range b.IPConfigs {
		name := fmt.Sprintf("ipconfig%d", i)
		if text := address.option(fieldsOf(current[name])); text != "" {
			form[name] = text
		}
	}
	option("sshkeys", encodedKey(string(b.Comm.SSHPublicKey)))
	if b.NoUpgrade != nil && b.api.major >= 8 {
		form["ciupgrade"] = flag(!*b.NoUpgrade)
	}
	if len(absent) > 0 {
		form["delete"] = strings.Join(absent, ",")
	}
}

func (c ipConfig) option(current map[string]string) string {
	family := func(value, key, gateway, gatewayKey string) []string {
		if value == "dhcp" || value == "auto" {
			return []string{key, value}
		}
		if value == "" {
			value = current[key]
		}
		if gateway == "" {
			gateway = current[gatewayKey]
		}
		return []string{key, value, gatewayKey, gateway}
	}
	return joined(append(family(c.IP, "ip", c.Gateway, "gw"), family(c.IP6, "ip6", c.Gateway6, "gw6")...)...)
}

// encodedKey is a line of authorized_keys as Proxmox VE wants it in sshkeys.
func encodedKey(line string) string {
	if line == "" {
		return ""
	}
	line = regexp.MustCompile(` +`).ReplaceAllString(line, " ")
	return strings.NewReplacer("+", "%2B", "@", "%40", "=", "%3D", ":", "%3A").Replace(url.PathEscape(line + "\n"))
}
