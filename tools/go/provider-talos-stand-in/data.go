package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"github.com/blang/semver/v4"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"github.com/siderolabs/talos/pkg/machinery/platforms"
)

const defaultFactory = "https://factory.talos.dev"

// dataSources are real where nobody has to be asked. The others invent an answer that fits their arguments.
var dataSources = map[string]*reader{
	"talos_machine_configuration": {rulesOfConfiguration, func(_ *server, value object, p *problems) {
		readConfiguration(value, p)
		value["id"] = value["cluster_name"]
	}},
	"talos_client_configuration": {
		func(config object, p *problems) { notEmpty(config, "cluster_name", p) },
		func(_ *server, value object, p *problems) {
			readTalosconfig(value, objectOf(value["client_configuration"]), p)
			value["id"] = value["cluster_name"]
		},
	},
	"talos_image_factory_urls": {rulesOfURLs, readURLs},
	"talos_cluster_health": {nil, func(_ *server, value object, _ *problems) {
		value["id"] = "cluster_health"
	}},
	"talos_cluster_kubeconfig": {nil, func(_ *server, value object, p *problems) {
		text, parts, err := inventedKubeconfig(textOf(value["node"]))
		if err != nil {
			p.fail("failed to retrieve kubeconfig", err.Error())
		}
		value["kubeconfig_raw"], value["kubernetes_client_configuration"], value["id"] = text, parts, inventedCluster
		value["endpoint"] = given(value, "endpoint", textOf(value["node"]))
	}},
	"talos_machine_disks": {nil, func(_ *server, value object, _ *problems) {
		value["endpoint"] = given(value, "endpoint", textOf(value["node"]))
		value["id"], value["disks"] = "machine_disks", []any{object{"dev_path": "/dev/sda", "pretty_size": "34 GB", "readonly": false}}
	}},
	"talos_image_factory_versions": {nil, func(_ *server, value object, _ *problems) {
		value["id"], value["talos_versions"] = "talos_versions", []any{"v1.12.0", "v1.13.9", "v1.14.1"}
	}},
	"talos_image_factory_extensions_versions": {nil, func(_ *server, value object, _ *problems) {
		names, _ := textsOf(objectOf(value["exact_filters"])["names"])
		parts, _ := textsOf(objectOf(value["filters"])["names"])
		list := []any{}
		for _, name := range append(names, parts...) {
			if !strings.Contains(name, "/") {
				name = "siderolabs/" + name
			}
			list = append(list, object{"name": name, "ref": "ghcr.io/" + name + ":stand-in", "digest": inventedDigest(name), "author": "stand-in"})
		}
		value["id"], value["extensions_info"] = "extensions_info", list
	}},
	"talos_image_factory_overlays_versions": {nil, func(_ *server, value object, _ *problems) {
		list := []any{}
		if name := textOf(objectOf(value["filters"])["name"]); name != "" {
			list = append(list, object{
				"name": name, "image": "siderolabs/sbc-stand-in", "ref": "ghcr.io/siderolabs/sbc-stand-in:stand-in", "digest": inventedDigest(name),
			})
		}
		value["id"], value["overlays_info"] = "overlays_info", list
	}},
}

func inventedDigest(name string) string {
	sum := sha256.Sum256([]byte(name))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// ephemerals make of given secrets always the same, as those of the provider.
var ephemerals = map[string]*reader{
	"talos_machine_secrets": {
		func(config object, p *problems) { version(config, "talos_version", p) },
		func(_ *server, value object, p *problems) {
			value["talos_version"] = given(value, "talos_version", ownContract())
			bundle, err := newSecrets(textOf(value["talos_version"]))
			if err != nil {
				p.fail("failed to generate secrets bundle", err.Error())
				return
			}
			secretsState(bundle, value, p)
			delete(value, "id")
		},
	},
	"talos_machine_configuration": {rulesOfConfiguration, func(_ *server, value object, p *problems) {
		value["talos_version"] = given(value, "talos_version", ownContract())
		value["kubernetes_version"] = given(value, "kubernetes_version", constants.DefaultKubernetesVersion)
		readConfiguration(value, p)
	}},
	"talos_client_configuration": {rulesOfClient, func(_ *server, value object, p *problems) {
		bundle, err := valueToSecrets(objectOf(value["machine_secrets"]))
		if err != nil {
			p.fail("failed to convert machine secrets to secrets bundle", err.Error())
			return
		}
		from, until, err := period(value, bundle.Certs.OS.Crt)
		if err != nil {
			p.fail("failed to generate client configuration", err.Error())
			return
		}
		made, err := signed(bundle.Certs.OS, talosAdmin, from, until, textOf(value["cluster_name"]))
		if err != nil {
			p.fail("failed to generate client configuration", err.Error())
			return
		}
		client := object{
			"ca_certificate": encoded(bundle.Certs.OS.Crt), "client_certificate": encoded(made.Crt), "client_key": encoded(made.Key),
		}
		value["client_configuration"] = client
		readTalosconfig(value, client, p)
	}},
	"talos_cluster_kubeconfig": {rulesOfClient, func(_ *server, value object, p *problems) {
		bundle, err := valueToSecrets(objectOf(value["machine_secrets"]))
		if err != nil {
			p.fail("failed to convert machine secrets to secrets bundle", err.Error())
			return
		}
		from, until, err := period(value, bundle.Certs.K8s.Crt)
		if err != nil {
			p.fail("failed to generate kubeconfig", err.Error())
			return
		}
		name, host := textOf(value["cluster_name"]), textOf(value["endpoint"])
		made, err := signed(bundle.Certs.K8s, kubernetesAdmin, from, until, name+" "+host)
		if err != nil {
			p.fail("failed to generate kubeconfig", err.Error())
			return
		}
		value["kubeconfig_raw"], value["kubernetes_client_configuration"] = kubeconfig(name, host, bundle.Certs.K8s.Crt, made)
	}},
	"talos_cluster_health": {nil, func(*server, object, *problems) {}},
}

func rulesOfClient(config object, p *problems) {
	notEmpty(config, "cluster_name", p)
	date(config, "not_before", p)
	duration(config, "crt_ttl", p)
}

func readConfiguration(value object, p *problems) {
	text, err := generateConfiguration(value)
	if err != nil {
		p.fail("failed to generate machine configuration", err.Error())
		return
	}
	judge(text, p)
	value["machine_configuration"] = text
}

func readTalosconfig(value, client object, p *problems) {
	endpoints, _ := textsOf(value["endpoints"])
	nodes, _ := textsOf(value["nodes"])
	text, err := talosconfig(textOf(value["cluster_name"]), client, endpoints, nodes)
	if err != nil {
		p.fail("failed to generate talos config", err.Error())
		return
	}
	value["talos_config"] = text
}

func readURLs(s *server, value object, p *problems) {
	architecture := given(value, "architecture", "amd64")
	release := withV(textOf(value["talos_version"]))
	if _, err := semver.ParseTolerant(release); err != nil {
		p.fail("talos_version is not valid", "The provided version is not a valid semantic version.")
		return
	}
	factory, err := url.Parse(s.factory)
	if err != nil {
		p.fail("failed to parse image factory base URL", err.Error())
		return
	}
	id, name := textOf(value["schematic_id"]), textOf(value["platform"])
	image := func(file string) string { return fmt.Sprintf("%s/image/%s/%s/%s", s.factory, id, release, file) }
	installer := func(kind string) string { return fmt.Sprintf("%s/%s/%s:%s", factory.Host, kind, id, release) }
	pxe := func(platform platforms.Platform) string {
		return fmt.Sprintf("%s://pxe.%s/pxe/%s/%s/%s", factory.Scheme, factory.Host, id, release, platform.PXEScriptPath(architecture))
	}
	value["id"], value["architecture"] = "", architecture
	switch name {
	case "metal":
		metal := platforms.MetalPlatform()
		value["urls"] = object{
			"installer": installer("metal-installer"), "installer_secureboot": installer("metal-installer-secureboot"),
			"iso": image(metal.ISOPath(architecture)), "iso_secureboot": image(metal.SecureBootISOPath(architecture)),
			"disk_image":            image(metal.DiskImageDefaultPath(architecture)),
			"disk_image_secureboot": image(metal.SecureBootDiskImageDefaultPath(architecture)),
			"pxe":                   pxe(metal), "kernel": image(metal.KernelPath(architecture)),
			"kernel_command_line": image(metal.CmdlinePath(architecture)), "initramfs": image(metal.InitramfsPath(architecture)),
			"uki": image(metal.SecureBootUKIPath(architecture)),
		}
	case "": // a single board computer
		value["urls"] = object{"installer": installer("metal-installer"), "disk_image": image("metal-arm64.raw.xz")}
	default:
		value["urls"] = urlsOfCloud(name, architecture, image, installer, pxe)
	}
}

func urlsOfCloud(name, architecture string, image, installer func(string) string, pxe func(platforms.Platform) string) object {
	urls := object{"installer": installer(name + "-installer")}
	for _, platform := range platforms.CloudPlatforms() {
		if platform.Name != name {
			continue
		}
		secure := platform.SecureBootSupported
		if secure {
			urls["installer_secureboot"] = installer(name + "-installer-secureboot")
		}
		for _, method := range platform.BootMethods {
			switch method {
			case platforms.BootMethodDiskImage:
				urls["disk_image"] = image(platform.DiskImageDefaultPath(architecture))
				if secure {
					urls["disk_image_secureboot"] = image(platform.SecureBootDiskImageDefaultPath(architecture))
				}
			case platforms.BootMethodPXE:
				urls["pxe"] = pxe(platform)
			case platforms.BootMethodISO:
				urls["iso"] = image(platform.ISOPath(architecture))
				if secure {
					urls["iso_secureboot"] = image(platform.SecureBootISOPath(architecture))
				}
			}
		}
	}
	return urls
}
