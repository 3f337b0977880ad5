// A stand-in for the Terraform provider siderolabs/talos, whose releases are not to be had as a package. For tests only: it talks to
// no machine and to no image factory.
//
// It knows the names and types of everything in that provider (facts/*.json), the rules by which the provider refuses a
// configuration, and when it plans a value as known only after apply. Secrets, machine configurations, patches, client
// configurations and the ids of schematics are made by the same libraries as in the provider. All else that is computed is made up.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// standsFor is the release whose names, types and rules these are.
const standsFor = "0.12.0"

const about = "stand-in for the provider siderolabs/talos " + standsFor + ", for tests only: it reaches no machine"

//go:embed facts/talos-0.12.json
var factsText []byte

func main() {
	if len(os.Args) > 1 && os.Args[1] == "about" {
		fmt.Println(about)
		return
	}
	log.SetFlags(0)
	log.Print("[INFO] ", about)
	server, err := newServer(factsText)
	if err != nil {
		log.Fatal(err)
	}
	err = tf6server.Serve("registry.terraform.io/siderolabs/talos", func() tfprotov6.ProviderServer { return server })
	if err != nil {
		log.Fatal(err)
	}
}
