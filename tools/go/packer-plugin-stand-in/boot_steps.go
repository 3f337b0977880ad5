package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/packer-plugin-sdk/bootcommand"
	"github.com/hashicorp/packer-plugin-sdk/template/interpolate"
)

// address asks the guest agent: the first IPv4 address that is no loopback, or the first address of one interface.
func (b *build) address() (string, error) {
	answer, err := b.api.object(b.vm.path("/agent/network-get-interfaces"), "guest agent data",
		"500 QEMU guest agent is not running", fmt.Sprintf("500 VM %d is not running", b.vm.id))
	if err != nil {
		return "", err
	}
	interfaces, _ := answer["result"].([]interface{})
	for _, entry := range interfaces {
		fields, _ := entry.(map[string]interface{})
		if b.VMInterface != "" && fields["name"] != b.VMInterface {
			continue
		}
		addresses, _ := fields["ip-addresses"].([]interface{})
		for _, address := range addresses {
			text, _ := address.(map[string]interface{})["ip-address"].(string)
			ip := net.ParseIP(text)
			if ip != nil && !ip.IsLoopback() && (b.VMInterface != "" || ip.To4() != nil) {
				return ip.String(), nil
			}
		}
		if b.VMInterface != "" {
			return "", fmt.Errorf("Interface %s only has loopback addresses", b.VMInterface)
		}
	}
	if b.VMInterface != "" {
		return "", fmt.Errorf("Interface %s not found in VM", b.VMInterface)
	}
	return "", errors.New("Found no IP addresses on VM")
}

func (b *build) typeBootCommand(ctx context.Context) error {
	if len(b.BootCommand) == 0 {
		log.Print("no boot command")
		return nil
	}
	if b.BootWait > 0 {
		b.ui.Say(fmt.Sprintf("Waiting %s for boot", b.BootWait))
		select {
		case <-time.After(b.BootWait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	address := b.HTTPAddress
	if address == "0.0.0.0" {
		var err error
		if address, err = ownAddress(b.HTTPInterface); err != nil {
			return fmt.Errorf("Failed to determine host IP: %s", err)
		}
	}
	b.state.Put("http_ip", address)
	scope := b.settings.context
	scope.Data = &struct {
		HTTPIP   string
		HTTPPort int
	}{address, b.state.Get("http_port").(int)}
	b.ui.Say("Typing the boot command")
	command, err := interpolate.Render(b.FlatBootCommand(), &scope)
	if err != nil {
		return fmt.Errorf("Error preparing boot command: %s", err)
	}
	keys, err := bootcommand.GenerateExpressionSequence(command)
	if err != nil {
		return fmt.Errorf("Error generating boot command: %s", err)
	}
	if err := keys.Do(ctx, &keyboard{build: b}); err != nil {
		return fmt.Errorf("Error running boot command: %s", err)
	}
	return nil
}

// ownAddress is the first IPv4 address of this machine, or of one interface, that is no loopback.
func ownAddress(name string) (string, error) {
	addresses, err := net.InterfaceAddrs()
	if name != "" {
		var found *net.Interface
		if found, err = net.InterfaceByName(name); err == nil {
			addresses, err = found.Addrs()
		}
	}
	if err != nil {
		return "", err
	}
	for _, address := range addresses {
		if network, ok := address.(*net.IPNet); ok && !network.IP.IsLoopback() && network.IP.To4() != nil {
			return network.IP.String(), nil
		}
	}
	return "", errors.New("No host IP found")
}

// keyboard types with one request a key. Keys that are held are part of each.
type keyboard struct {
	*build
	heldSpecial []string
	held        []string
}

var specialKeys = map[string]string{
	"spacebar": "spc", "bs": "backspace", "del": "delete", "return": "ret", "enter": "ret",
	"leftshift": "shift", "rightshift": "shift", "leftalt": "alt", "rightalt": "alt_r",
	"leftctrl": "ctrl", "rightctrl": "ctrl_r", "leftsuper": "meta_l", "rightsuper": "meta_r",
}

// characters are those of an American keyboard that have a name of their own.
var characters = namesOf(".dot ,comma ;semicolon *asterisk -minus [bracket_left ]bracket_right =equal 'apostrophe `grave_accent /slash "+
	`\backslash`, "!1 @2 #3 $4 %5 ^6 &7 (9 )0 {bracket_left }bracket_right \"apostrophe +equal _minus :semicolon <comma >dot ~grave_accent ?slash |backslash")

// namesOf reads a character and the name of its key, then a character and the key that types it together with shift.
func namesOf(plain, shifted string) map[rune]string {
	names := map[rune]string{' ': "spc"}
	for _, pair := range strings.Fields(plain) {
		names[rune(pair[0])] = pair[1:]
	}
	for _, pair := range strings.Fields(shifted) {
		names[rune(pair[0])] = "shift-" + pair[1:]
	}
	return names
}

func (k *keyboard) SendKey(key rune, action bootcommand.KeyAction) error {
	name := string(key)
	if action != bootcommand.KeyPress {
		hold(&k.held, name, action)
		return nil
	}
	if named, known := characters[key]; known {
		name = named
	} else if unicode.IsUpper(key) {
		name = "shift-" + string(unicode.ToLower(key))
	}
	return k.press(name)
}

func (k *keyboard) SendSpecial(name string, action bootcommand.KeyAction) error {
	if named, known := specialKeys[name]; known {
		name = named
	}
	if action != bootcommand.KeyPress {
		hold(&k.heldSpecial, name, action)
		return nil
	}
	return k.press(name)
}

func (k *keyboard) Flush() error { return nil }

func (k *keyboard) press(name string) error {
	keys := append(append(append([]string{}, k.heldSpecial...), k.held...), name)
	if _, err := k.api.form(http.MethodPut, k.vm.path("/sendkey"), parameters{"key": strings.Join(keys, "-")}); err != nil {
		return err
	}
	time.Sleep(k.BootKeyInterval)
	return nil
}

func hold(held *[]string, name string, action bootcommand.KeyAction) {
	rest := []string{}
	for _, one := range *held {
		if one != name {
			rest = append(rest, one)
		}
	}
	if action == bootcommand.KeyOn {
		rest = append(rest, name)
	}
	*held = rest
}
