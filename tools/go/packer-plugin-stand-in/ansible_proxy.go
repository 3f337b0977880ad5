package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/hashicorp/packer-plugin-sdk/adapter"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/tmp"
	"golang.org/x/crypto/ssh"
)

// proxy is an SSH server on the loopback that hands what Ansible does over to Packer's own connection.
type proxy struct {
	adapter *adapter.Adapter
	done    chan struct{}
	// keyFile is the private key with which Ansible logs in; empty where the user brought a public one.
	keyFile string
}

func (p *proxy) stop() {
	close(p.done)
	p.adapter.Shutdown()
	if p.keyFile != "" {
		_ = os.Remove(p.keyFile)
	}
}

func (r *ansibleRun) startProxy(comm packersdk.Communicator) (*proxy, error) {
	r.ui.Say("Setting up proxy adapter for Ansible....")
	p := &proxy{done: make(chan struct{})}
	known, err := r.clientKey(p)
	if err != nil {
		return nil, err
	}
	host, err := r.hostKey()
	if err != nil {
		return nil, fmt.Errorf("error creating host signer: %s", err)
	}
	config := &ssh.ServerConfig{PublicKeyCallback: func(connection ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if connection.User() != r.User {
			return nil, fmt.Errorf("authentication failed: %s is not a valid user", connection.User())
		}
		if !bytes.Equal(known.Marshal(), key.Marshal()) {
			return nil, errors.New("authentication failed: unauthorized key")
		}
		return nil, nil
	}}
	config.AddHostKey(host)
	listener, err := r.listen()
	if err != nil {
		return nil, err
	}
	ui := &packersdk.SafeUi{Sem: make(chan int, 1), Ui: r.ui}
	p.adapter = adapter.NewAdapter(p.done, listener, config, r.SFTPCommand, ui, comm)
	go p.adapter.Serve()
	return p, nil
}

// listen takes the port given or one of the next, and remembers it.
func (r *ansibleRun) listen() (net.Listener, error) {
	tries := 1
	if r.LocalPort != 0 {
		tries = 10
	}
	for i := 0; i < tries; i++ {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", r.LocalPort))
		if err == nil {
			r.LocalPort = int64(listener.Addr().(*net.TCPAddr).Port)
			return listener, nil
		}
		r.ui.Say(err.Error())
		r.LocalPort++
	}
	return nil, errors.New("Error setting up SSH proxy connection")
}

func (r *ansibleRun) newKey() (crypto.Signer, error) {
	if strings.ToUpper(r.ProxyKeyType) == "RSA" {
		return rsa.GenerateKey(rand.Reader, 2048)
	}
	return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
}

// clientKey makes a key pair and leaves the private half in a file, unless the user brought a public key.
func (r *ansibleRun) clientKey(p *proxy) (ssh.PublicKey, error) {
	if r.SSHAuthorizedKeyFile != "" {
		text, err := os.ReadFile(r.SSHAuthorizedKeyFile)
		if err != nil {
			return nil, errors.New("Failed to read public key")
		}
		key, _, _, _, err := ssh.ParseAuthorizedKey(text)
		return key, err
	}
	key, err := r.newKey()
	if err != nil {
		return nil, err
	}
	bytes, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	file, err := tmp.File("ansible-key")
	if err != nil {
		return nil, err
	}
	p.keyFile = file.Name()
	err = pem.Encode(file, &pem.Block{Type: "PRIVATE KEY", Bytes: bytes})
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	return ssh.NewPublicKey(key.Public())
}

func (r *ansibleRun) hostKey() (ssh.Signer, error) {
	if r.SSHHostKeyFile != "" {
		text, err := os.ReadFile(r.SSHHostKeyFile)
		if err != nil {
			return nil, errors.New("Failed to load private host key")
		}
		return ssh.ParsePrivateKey(text)
	}
	key, err := r.newKey()
	if err != nil {
		return nil, err
	}
	return ssh.NewSignerFromKey(key)
}
