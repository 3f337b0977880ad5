package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/hashicorp/packer-plugin-sdk/multistep/commonsteps"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
	"github.com/hashicorp/packer-plugin-sdk/tmp"
)

// provisionerRuns are the provisioners that do in a build what the plugin does.
var provisionerRuns = map[string]func(context.Context, *settings, packersdk.Ui, packersdk.Communicator, map[string]interface{}) error{
	"ansible": func(ctx context.Context, s *settings, ui packersdk.Ui, comm packersdk.Communicator, generated map[string]interface{}) error {
		run := &ansibleRun{scope: s.context, ui: ui, generated: generated}
		if err := s.decode(&run.ansibleConfig); err != nil {
			return err
		}
		return run.provision(ctx, comm)
	},
}

// ansibleRun is one run of the real ansible-playbook.
type ansibleRun struct {
	ansibleConfig
	scope     interpolate.Context
	ui        packersdk.Ui
	generated map[string]interface{}
}

func (r *ansibleRun) text(name string) string {
	value, _ := r.generated[name].(string)
	return value
}

func (r *ansibleRun) provision(ctx context.Context, comm packersdk.Communicator) error {
	r.ui.Say("Provisioning with Ansible...")
	if r.GalaxyFile != "" {
		return errors.New("galaxy_file is not known to the stand-in, which downloads nothing")
	}
	if err := r.fillDefaults(); err != nil {
		return err
	}
	proxy := r.UseProxy == nil || *r.UseProxy
	if kind := r.text("ConnType"); !proxy && (r.text("Host") == "" || !oneOf(kind, "ssh", "winrm")) {
		r.ui.Error("Warning: use_proxy is false, but there is no address or the communicator is neither ssh nor winrm: with proxy")
		proxy = true
	}
	key := ""
	if proxy {
		p, err := r.startProxy(comm)
		if err != nil {
			return err
		}
		defer p.stop()
		key = p.keyFile
	} else if r.text("ConnType") == "ssh" {
		var err error
		if key, err = r.ownKey(); err != nil {
			return err
		}
		if key != r.text("SSHPrivateKeyFile") {
			defer os.Remove(key)
		}
	}
	if r.InventoryFile == "" {
		if err := r.writeInventory(proxy); err != nil {
			return err
		}
		if !r.KeepInventoryFile {
			defer os.Remove(r.InventoryFile)
		}
	}
	if err := r.play(ctx, key, proxy); err != nil {
		return fmt.Errorf("Error executing Ansible: %s", err)
	}
	return nil
}

func (r *ansibleRun) fillDefaults() error {
	orDefault(&r.Command, "ansible-playbook")
	orDefault(&r.HostAlias, "default")
	if r.SSHHostKeyFile == "" {
		r.EnvVars = append(r.EnvVars, "ANSIBLE_HOST_KEY_CHECKING=False")
	}
	if !r.UseSFTP {
		r.EnvVars = append(r.EnvVars, "ANSIBLE_SCP_IF_SSH=True")
	}
	if r.WinRMUseHTTP && !strings.Contains(strings.Join(r.ExtraArguments, "\n"), "ansible_winrm_scheme") {
		r.ExtraArguments = append(r.ExtraArguments, "-e", "ansible_winrm_scheme=http")
	}
	if r.User == "" {
		// As whom the play runs then is whoever runs Packer; without a proxy, the user of the communicator.
		current, err := user.Current()
		if err != nil {
			return err
		}
		r.User = current.Username
		if r.UseProxy != nil && !*r.UseProxy && r.text("ConnType") == "ssh" {
			r.User = r.text("User")
		}
	}
	r.scope.Data = r.generated
	for _, list := range [][]string{r.EnvVars, r.ExtraArguments} {
		for i, text := range list {
			rendered, err := interpolate.Render(text, &r.scope)
			if err != nil {
				return fmt.Errorf("Could not interpolate ansible env vars: %s", err)
			}
			list[i] = rendered
		}
	}
	return nil
}

// ownKey is the key of the communicator. One that logs in by a password has none: the file is empty then, as with the plugin.
func (r *ansibleRun) ownKey() (string, error) {
	r.ui.Say("Not using Proxy adapter for Ansible run:\n\tUsing ssh keys from Packer communicator...")
	agent, _ := r.generated["SSHAgentAuth"].(bool)
	if file := r.text("SSHPrivateKeyFile"); file != "" || agent {
		return file, nil
	}
	file, err := tmp.File("ansible-key")
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(r.text("SSHPrivateKey"))
	return file.Name(), errors.Join(err, file.Close())
}

const (
	sshInventory   = "{{ .HostAlias }} ansible_host={{ .Host }} ansible_user={{ .User }} ansible_port={{ .Port }}\n"
	winRMInventory = "{{ .HostAlias}} ansible_host={{ .Host }} ansible_connection=winrm ansible_winrm_transport=basic " +
		"ansible_shell_type=powershell ansible_user={{ .User}} ansible_port={{ .Port }}\n"
)

func (r *ansibleRun) writeInventory(proxy bool) error {
	template := r.InventoryFileTemplate
	switch {
	case template != "":
	case !proxy && r.text("ConnType") == "winrm":
		template = winRMInventory
	default:
		template = sshInventory
	}
	data := map[string]interface{}{}
	for name, value := range r.generated {
		data[name] = value
	}
	data["HostAlias"], data["User"] = r.HostAlias, r.User
	if proxy {
		data["Host"], data["Port"] = "127.0.0.1", r.LocalPort
	}
	r.scope.Data = data
	host, err := interpolate.Render(template, &r.scope)
	if err != nil {
		return fmt.Errorf("Error generating inventory file from template: %s", err)
	}
	text := host
	for _, group := range r.Groups {
		text += fmt.Sprintf("[%s]\n%s", group, host)
	}
	for _, group := range r.EmptyGroups {
		text += fmt.Sprintf("[%s]\n", group)
	}
	file, err := os.CreateTemp(r.InventoryDirectory, "packer-provisioner-ansible")
	if err != nil {
		return fmt.Errorf("Error preparing inventory file: %s", err)
	}
	_, err = file.WriteString(text)
	r.InventoryFile = file.Name()
	return errors.Join(err, file.Close())
}

// named tells whether one of the arguments is this name, or begins with it and an equals sign.
func named(name string, arguments []string) bool {
	for _, argument := range arguments {
		for _, part := range strings.Split(argument, "=") {
			if part == name {
				return true
			}
		}
	}
	return false
}

func (r *ansibleRun) arguments(key string, proxy bool) []string {
	kind := r.text("ConnType")
	args := []string{}
	if r.PackerBuildName != "" {
		args = append(args, "-e", fmt.Sprintf("packer_build_name=%q", r.PackerBuildName))
	}
	args = append(args, "-e", "packer_builder_type="+r.PackerBuilderType)
	if address := r.text("PackerHTTPAddr"); address != commonsteps.HttpAddrNotImplemented {
		args = append(args, "-e", "packer_http_addr="+address)
	}
	if kind == "ssh" && key != "" {
		extra := "'-o IdentitiesOnly=yes'"
		if len(r.SSHExtraArgs) > 0 {
			extra = "'" + strings.Join(r.SSHExtraArgs, "' '") + "'"
		}
		args = append(args, "--ssh-extra-args", extra)
	}
	args = append(args, r.ExtraArguments...)
	if !named("ansible_password", args) && !proxy && kind == "winrm" {
		args = append(args, "-e", "ansible_password="+r.text("Password"))
	}
	if !named("ansible_password", args) && key != "" {
		args = append(args, "-e", "ansible_ssh_private_key_file="+key)
	}
	if named("ansible_password", args) && kind == "ssh" &&
		!named("ansible_host_key_checking", args) && !named("ANSIBLE_HOST_KEY_CHECKING", r.EnvVars) {
		args = append(args, "-e", "ansible_host_key_checking=False")
	}
	playbook, _ := filepath.Abs(r.PlaybookFile)
	return append(args, "-i", r.InventoryFile, playbook)
}

// play runs Ansible, and ends it when the build is cancelled.
func (r *ansibleRun) play(ctx context.Context, key string, proxy bool) error {
	args := r.arguments(key, proxy)
	command := exec.CommandContext(ctx, r.Command, args...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.Env = append(os.Environ(), r.EnvVars...)
	r.ui.Say("Executing Ansible: " + r.masked(strings.Join(append([]string{r.Command}, args...), " ")))
	out, in := io.Pipe()
	command.Stdout, command.Stderr = in, in
	var reading sync.WaitGroup
	reading.Add(1)
	go func() {
		defer reading.Done()
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadString('\n')
			if line = strings.TrimRight(line, " \t\r\n"); line != "" || err == nil {
				r.ui.Say(line)
			}
			if err != nil {
				return
			}
		}
	}()
	err := command.Run()
	_ = in.Close()
	reading.Wait()
	if err != nil {
		return fmt.Errorf("Non-zero exit status: %s", err)
	}
	return nil
}

// masked hides passwords, and the values of arguments that are called so.
func (r *ansibleRun) masked(line string) string {
	for _, argument := range r.ExtraArguments {
		name, value, _ := strings.Cut(argument, "=")
		if name = strings.ToLower(name); value != "" && (strings.Contains(name, "password") || strings.Contains(name, "secret")) {
			line = strings.ReplaceAll(line, value, "*****")
		}
	}
	for _, name := range []string{"WinRMPassword", "Password"} {
		if secret := r.text(name); secret != "" {
			line = strings.ReplaceAll(line, secret, "*****")
		}
	}
	return line
}
