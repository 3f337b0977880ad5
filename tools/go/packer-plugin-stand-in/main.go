// A stand-in for Packer plugins whose current releases are not to be had as a package. For tests only.
//
// It knows the names and types of every component of the plugin it stands for (facts/*.json) and the rules by which
// that plugin refuses a configuration before it starts to work. Three components also work, with the calls of the
// released plugins in their order: the builders proxmox-clone and proxmox-iso, on this machine's loopback only, and the
// provisioner ansible. Everything else fails at once in a build.
package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/version"
)

//go:embed facts/*.json
var facts embed.FS

// identity says which plugin this binary stands for. Set by the linker: -X main.identity=proxmox
var identity string

type standIn struct {
	version string
	// role is what it is besides a judge of configurations.
	role string
	// register adds one component, as the facts call it, to the plugin.
	register func(set *plugin.Set, name string, component component)
}

var standIns = map[string]standIn{
	"proxmox": {"1.2.4", "builder", func(set *plugin.Set, name string, c component) {
		set.RegisterBuilder(localName("proxmox", name), &builder{component: c, rules: builderRules[name]})
	}},
	"ansible": {"1.1.6", "provisioner", func(set *plugin.Set, name string, c component) {
		set.RegisterProvisioner(localName("ansible", name), &provisioner{component: c, rules: provisionerRules[name], run: provisionerRuns[name]})
	}},
	"windows-update": {"0.18.4", "checker", func(set *plugin.Set, name string, c component) {
		set.RegisterProvisioner(localName("windows-update", name), &provisioner{component: c, rules: provisionerRules[name]})
	}},
}

func main() {
	chosen, known := standIns[identity]
	if !known {
		fmt.Fprintf(os.Stderr, "built for no plugin: identity is %q\n", identity)
		os.Exit(1)
	}
	about := fmt.Sprintf("%s stand-in %s, for tests only: it is not packer-plugin-%s %s", identity, chosen.role, identity, chosen.version)
	if len(os.Args) < 2 || os.Args[1] == "about" {
		fmt.Println(about)
		return
	}
	log.Print(about)
	set := plugin.NewSet()
	set.SetVersion(version.NewPluginVersion(chosen.version, "", "stand-in.for-tests-only"))
	components, err := readComponents(identity, chosen.version)
	if err != nil {
		fail(err)
	}
	for name, c := range components {
		c.about = about
		chosen.register(set, name, c)
	}
	if err := set.Run(); err != nil {
		fail(err)
	}
}

func readComponents(plugin, version string) (map[string]component, error) {
	data, err := facts.ReadFile(fmt.Sprintf("facts/%s-%s.json", plugin, version))
	if err != nil {
		return nil, err
	}
	bodies := map[string]body{}
	if err := json.Unmarshal(data, &bodies); err != nil {
		return nil, err
	}
	components := map[string]component{}
	for name, fields := range bodies {
		spec, err := fields.spec()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		components[name] = component{name: name, spec: spec}
	}
	return components, nil
}

// localName is what a plugin calls its component, without the name of the plugin that Packer puts before it.
func localName(plugin, name string) string {
	if name == plugin {
		return "-packer-default-plugin-name-"
	}
	return name[len(plugin)+1:]
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
