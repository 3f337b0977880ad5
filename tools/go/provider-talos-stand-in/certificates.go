package main

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	talosx509 "github.com/siderolabs/crypto/x509"
	clientconfig "github.com/siderolabs/talos/pkg/machinery/client/config"
)

type pemPair = talosx509.PEMEncodedCertificateAndKey

// signed makes a client certificate that an authority signed. The same arguments give the same bytes, as with the ephemeral resources
// of the provider; their bytes are others than these.
func signed(authority *pemPair, who pkix.Name, from, until time.Time, salt string) (*pemPair, error) {
	certificate, err := parseCertificate(authority.Crt)
	if err != nil {
		return nil, err
	}
	signer, err := parseKey(authority.Key)
	if err != nil {
		return nil, err
	}
	seed := sha256.Sum256(fmt.Appendf(authority.Key, "\n%s %d %d %s", who, from.Unix(), until.Unix(), salt))
	key := ed25519.NewKeyFromSeed(seed[:])
	serial := sha256.Sum256(seed[:])
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial[:16]),
		Subject:      who,
		NotBefore:    from,
		NotAfter:     until,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(nil, template, certificate, key.Public(), signer)
	if err != nil {
		return nil, err
	}
	keyDer, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return &pemPair{
		Crt: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		Key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDer}),
	}, nil
}

func parseCertificate(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("there is no certificate in PEM form")
	}
	return x509.ParseCertificate(block.Bytes)
}

func parseKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("there is no key in PEM form")
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("keys of type %T sign nothing", key)
	}
	return signer, nil
}

// expires is the end of a certificate in base64.
func expires(certificate string) (time.Time, error) {
	text, err := base64.StdEncoding.DecodeString(certificate)
	if err != nil {
		return time.Time{}, err
	}
	parsed, err := parseCertificate(text)
	if err != nil {
		return time.Time{}, err
	}
	return parsed.NotAfter, nil
}

// period is how long a client certificate of an ephemeral resource holds: as the arguments say, else as long as its authority.
func period(config object, authority []byte) (from, until time.Time, err error) {
	if begin := textOf(config["not_before"]); begin != "" {
		if from, err = time.Parse(time.RFC3339, begin); err != nil {
			return from, until, err
		}
		lasts := 87600 * time.Hour
		if given := textOf(config["crt_ttl"]); given != "" {
			if lasts, err = time.ParseDuration(given); err != nil {
				return from, until, err
			}
		}
		return from, from.Add(lasts), nil
	}
	certificate, err := parseCertificate(authority)
	if err != nil {
		return from, until, err
	}
	return certificate.NotBefore, certificate.NotAfter, nil
}

// talosconfig is the file of talosctl for a client_configuration.
func talosconfig(cluster string, client object, endpoints, nodes []string) (string, error) {
	parts := map[string][]byte{}
	for _, name := range []string{"ca_certificate", "client_certificate", "client_key"} {
		raw, err := base64.StdEncoding.DecodeString(textOf(client[name]))
		if err != nil {
			return "", err
		}
		parts[name] = raw
	}
	made := clientconfig.NewConfig(cluster, nil, parts["ca_certificate"],
		&pemPair{Crt: parts["client_certificate"], Key: parts["client_key"]})
	if len(endpoints) > 0 {
		made.Contexts[cluster].Endpoints = endpoints
	}
	if len(nodes) > 0 {
		made.Contexts[cluster].Nodes = nodes
	}
	text, err := made.Bytes()
	return string(text), err
}

// kubeconfig is the attributes kubeconfig_raw and kubernetes_client_configuration.
func kubeconfig(cluster, host string, authority []byte, client *pemPair) (string, object) {
	parts := object{
		"host": host, "ca_certificate": encoded(authority), "client_certificate": encoded(client.Crt), "client_key": encoded(client.Key),
	}
	text := strings.NewReplacer("CLUSTER", cluster, "HOST", host,
		"AUTHORITY", textOf(parts["ca_certificate"]), "CERTIFICATE", textOf(parts["client_certificate"]), "KEY", textOf(parts["client_key"]),
	).Replace(`apiVersion: v1
kind: Config
clusters:
- name: CLUSTER
  cluster:
    server: HOST
    certificate-authority-data: AUTHORITY
users:
- name: admin@CLUSTER
  user:
    client-certificate-data: CERTIFICATE
    client-key-data: KEY
contexts:
- name: admin@CLUSTER
  context:
    cluster: CLUSTER
    namespace: default
    user: admin@CLUSTER
current-context: admin@CLUSTER
`)
	return text, parts
}

// inventedCluster is how a cluster is called of which only a node is known.
const inventedCluster = "talos-stand-in"

// inventedKubeconfig is one for a cluster that is not there: its authority is made on the spot and known to nobody.
func inventedKubeconfig(node string) (string, object, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", nil, err
	}
	now := time.Now().Truncate(time.Second)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{"kubernetes"}}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: now, NotAfter: now.AddDate(10, 0, 0), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		return "", nil, err
	}
	keyDer, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", nil, err
	}
	authority := &pemPair{
		Crt: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		Key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDer}),
	}
	client, err := signed(authority, kubernetesAdmin, now, now.AddDate(1, 0, 0), node)
	if err != nil {
		return "", nil, err
	}
	host := node
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	text, parts := kubeconfig(inventedCluster, "https://"+host+":6443", authority.Crt, client)
	return text, parts, nil
}

var (
	kubernetesAdmin = pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}}
	talosAdmin      = pkix.Name{Organization: []string{"os:admin"}}
)
