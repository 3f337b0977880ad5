package main

import (
	"encoding/base64"
	"fmt"
	"time"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"github.com/siderolabs/talos/pkg/machinery/role"
)

func encoded(bytes []byte) string {
	return base64.StdEncoding.EncodeToString(bytes)
}

// newSecrets makes the secrets of a cluster.
func newSecrets(talosVersion string) (*secrets.Bundle, error) {
	contract, err := config.ParseContractFromVersion(talosVersion)
	if err != nil {
		return nil, err
	}
	return secrets.NewBundle(secrets.NewFixedClock(time.Now()), contract)
}

// secretsToValue is the attribute machine_secrets.
func secretsToValue(bundle *secrets.Bundle) object {
	pair := func(one *x509.PEMEncodedCertificateAndKey) object {
		if one == nil || one.Crt == nil {
			return object{"cert": nil, "key": nil}
		}
		return object{"cert": encoded(one.Crt), "key": encoded(one.Key)}
	}
	inner := object{
		"bootstrap_token":             bundle.Secrets.BootstrapToken,
		"secretbox_encryption_secret": bundle.Secrets.SecretboxEncryptionSecret,
		"aescbc_encryption_secret":    nil,
	}
	if old := bundle.Secrets.AESCBCEncryptionSecret; old != "" {
		inner["aescbc_encryption_secret"] = old
	}
	return object{
		"cluster":    object{"id": bundle.Cluster.ID, "secret": bundle.Cluster.Secret},
		"secrets":    inner,
		"trustdinfo": object{"token": bundle.TrustdInfo.Token},
		"certs": object{
			"etcd":               pair(bundle.Certs.Etcd),
			"k8s":                pair(bundle.Certs.K8s),
			"k8s_aggregator":     pair(bundle.Certs.K8sAggregator),
			"k8s_serviceaccount": object{"key": encoded(bundle.Certs.K8sServiceAccount.Key)},
			"os":                 pair(bundle.Certs.OS),
		},
	}
}

// valueToSecrets is the way back. What is no base64 is named.
func valueToSecrets(value object) (*secrets.Bundle, error) {
	var first error
	bytes := func(certificate, part string) []byte {
		text := textOf(objectOf(objectOf(value["certs"])[certificate])[part])
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil && first == nil {
			first = fmt.Errorf("certs.%s.%s: %w", certificate, part, err)
		}
		return raw
	}
	pair := func(certificate string) *x509.PEMEncodedCertificateAndKey {
		return &x509.PEMEncodedCertificateAndKey{Crt: bytes(certificate, "cert"), Key: bytes(certificate, "key")}
	}
	cluster, inner := objectOf(value["cluster"]), objectOf(value["secrets"])
	bundle := &secrets.Bundle{
		Clock:   secrets.NewFixedClock(time.Now()),
		Cluster: &secrets.Cluster{ID: textOf(cluster["id"]), Secret: textOf(cluster["secret"])},
		Secrets: &secrets.Secrets{
			BootstrapToken:            textOf(inner["bootstrap_token"]),
			SecretboxEncryptionSecret: textOf(inner["secretbox_encryption_secret"]),
			AESCBCEncryptionSecret:    textOf(inner["aescbc_encryption_secret"]),
		},
		TrustdInfo: &secrets.TrustdInfo{Token: textOf(objectOf(value["trustdinfo"])["token"])},
		Certs: &secrets.Certs{
			Etcd: pair("etcd"), K8s: pair("k8s"), K8sAggregator: pair("k8s_aggregator"), OS: pair("os"),
			K8sServiceAccount: &x509.PEMEncodedKey{Key: bytes("k8s_serviceaccount", "key")},
		},
	}
	return bundle, first
}

// newClient is the attribute client_configuration of new secrets: an administrator for a year.
func newClient(bundle *secrets.Bundle) (object, error) {
	year := constants.TalosAPIDefaultCertificateValidityDuration
	made, err := bundle.GenerateTalosAPIClientCertificateWithTTL(role.MakeSet(role.Admin), year)
	if err != nil {
		return nil, err
	}
	return object{
		"ca_certificate": encoded(bundle.Certs.OS.Crt), "client_certificate": encoded(made.Crt), "client_key": encoded(made.Key),
	}, nil
}
