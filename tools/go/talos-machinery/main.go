// talos-machinery asks the library that makes, patches and judges machine configurations. It is built once for each release of it.
//
// It reads one JSON object a line and writes one a line; see `request` and `answer`. With the argument "version" it prints the release.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/gendata"
)

// request is one line of the input. What `Check` names is answered; nothing named means the configuration of a machine.
type request struct {
	Check string `json:"check"`

	// For a configuration.
	Contract     string   `json:"contract"`
	MachineType  string   `json:"machineType"`
	ClusterName  string   `json:"clusterName"`
	Endpoint     string   `json:"endpoint"`
	InstallDisk  string   `json:"installDisk"`
	InstallImage string   `json:"installImage"`
	Patches      []string `json:"patches"`

	// For a configuration, and for the check "kubernetes".
	KubernetesVersion string `json:"kubernetesVersion"`
	TalosVersion      string `json:"talosVersion"`
}

// answer is one line of the output.
type answer struct {
	OK       bool     `json:"ok"`
	Stage    string   `json:"stage,omitempty"`
	Error    string   `json:"error,omitempty"`
	Config   string   `json:"config,omitempty"`
	Warnings []string `json:"warnings"`
}

func refused(stage string, err error) answer {
	return answer{Stage: stage, Error: strings.TrimSpace(err.Error()), Warnings: []string{}}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "version" {
		fmt.Println(release())
		return
	}
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "talos-machinery:", err)
		os.Exit(1)
	}
}

// release is the version of the library, such as "v1.14.1".
func release() string {
	return strings.TrimSpace(gendata.VersionTag)
}

func serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	write := json.NewEncoder(out)
	write.SetEscapeHTML(false)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			if err := write.Encode(reply(line, number)); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func reply(line []byte, number int) answer {
	var asked request
	decoder := json.NewDecoder(strings.NewReader(string(line)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return refused("request", fmt.Errorf("line %d: %w", number, err))
	}
	switch asked.Check {
	case "":
		return configuration(asked)
	case "kubernetes":
		return kubernetes(asked)
	default:
		return refused("request", fmt.Errorf("line %d: no check %q", number, asked.Check))
	}
}
