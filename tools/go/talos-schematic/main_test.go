package main

import "testing"

// Ids that the factory's own tests and documentation have.
func TestPublishedIDs(t *testing.T) {
	for text, id := range map[string]string{
		`{}`: "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba",
		`{customization: {systemExtensions: {officialExtensions: [siderolabs/qemu-guest-agent]}}}`: "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515",
		`{overlay: {name: rpi_generic, image: siderolabs/sbc-raspberrypi}}`:                        "ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9",
		`{"customization": {"meta": [{"key": 10, "value": "foo"}], "extraKernelArgs": []}}`:        "d308a2a5ee2277bed5fbaa104fcbc8d59122abfa737df987a95b4ca763459a7f",
		`{"customization": {"secureboot": {"includeWellKnownCertificates": true}}}`:                "fa8e05f142a851d3ee568eb0a8e5841eaf6b0ebc8df9a63df16ac5ed2c04f3e6",
	} {
		found := look(text)
		if found.ID != id || found.Canonical != found.Version3 {
			t.Errorf("%s: %+v", text, found)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, text := range []string{``, `[]`, `{other: 1}`, `{customization: {extraKernelArgs: one}}`} {
		if found := look(text); found.Error == "" {
			t.Errorf("%s: %+v", text, found)
		}
	}
}
