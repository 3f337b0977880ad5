package main

import (
	"os"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"go.yaml.in/yaml/v4"
	"golang.org/x/mod/semver"
)

// secretsState writes secrets, and a client for them, to a state.
func secretsState(bundle *secrets.Bundle, state object, p *problems) {
	client, err := newClient(bundle)
	if err != nil {
		p.fail("failed to convert secrets bundle to machine secrets", err.Error())
		return
	}
	state["id"], state["machine_secrets"], state["client_configuration"] = "machine_secrets", secretsToValue(bundle), client
}

// importSecrets reads the file that `talosctl gen secrets` writes; its path is the id.
func importSecrets(file string, p *problems) object {
	text, err := os.ReadFile(file)
	if err != nil {
		p.fail("failed to import state", err.Error())
		return nil
	}
	var bundle *secrets.Bundle
	if err := yaml.Unmarshal(text, &bundle); err != nil {
		p.fail("failed to unmarshal machine secrets", err.Error())
		return nil
	}
	if bundle == nil || bundle.Cluster == nil || bundle.Secrets == nil || bundle.TrustdInfo == nil || bundle.Certs == nil ||
		bundle.Certs.Etcd == nil || bundle.Certs.K8s == nil || bundle.Certs.OS == nil || bundle.Certs.K8sServiceAccount == nil {
		p.fail("failed to unmarshal machine secrets", file+" lacks secrets of a cluster")
		return nil
	}
	bundle.Clock = secrets.NewClock()
	// The file does not say which contract it was made for. What the provider assumes:
	state := object{"talos_version": "v1.3"}
	if bundle.Secrets.AESCBCEncryptionSecret != "" {
		state["talos_version"] = "v1.2"
	}
	secretsState(bundle, state, p)
	return state
}

func planSecrets(c *change, p *problems) {
	if !isUnknown(c.config["talos_version"]) {
		wanted := textOf(c.planned["talos_version"])
		if wanted == "" {
			c.planned["talos_version"] = ownContract()
		} else if semver.Compare(withV(wanted), withV(textOf(c.prior["talos_version"]))) < 0 {
			c.replace = append(c.replace, "talos_version")
		}
	}
	client := objectOf(c.prior["client_configuration"])
	if client["ca_certificate"] != nil && endsBefore(client, time.Now().AddDate(0, 1, 0), p) {
		c.planned["client_configuration"] = object{"ca_certificate": unknown, "client_certificate": unknown, "client_key": unknown}
	}
}

func withV(version string) string {
	if version != "" && version[0] == 'v' {
		return version
	}
	return "v" + version
}

func endsBefore(client object, moment time.Time, p *problems) bool {
	end, err := expires(textOf(client["client_certificate"]))
	if err != nil {
		p.fail("failed to parse client certificate", err.Error())
		return false
	}
	return end.Before(moment)
}

func applySecrets(c *change, p *problems) {
	if c.creates() {
		bundle, err := newSecrets(textOf(c.planned["talos_version"]))
		if err != nil {
			p.fail("failed to generate secrets bundle", err.Error())
			return
		}
		secretsState(bundle, c.planned, p)
	} else {
		c.planned["machine_secrets"], c.planned["client_configuration"] = c.prior["machine_secrets"], c.prior["client_configuration"]
		if endsBefore(objectOf(c.prior["client_configuration"]), time.Now().AddDate(0, 1, 0), p) {
			bundle, err := valueToSecrets(objectOf(c.prior["machine_secrets"]))
			if err != nil {
				p.fail("failed to convert machine secrets to secrets bundle", err.Error())
				return
			}
			secretsState(bundle, c.planned, p)
		}
	}
	note(entry{Type: "talos_machine_secrets", Note: textOf(c.planned["talos_version"])}, c, p)
}
