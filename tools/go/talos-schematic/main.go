// talos-schematic asks the library of the Talos Image Factory for the ids of schematics.
//
// Each line of its input is a JSON object with the text of a schematic, {"schematic": "customization: …"}. It answers with a line
// each: {"id": …, "canonical": …, "version3": …}, or {"error": …} where the library refuses the text. "canonical" are the bytes
// of which the id is the SHA-256 hash; "version3" are those that factories wrote before version 1.0, with the third version of their
// YAML library.
//
// It is built once for each release of that library which factories use now. With the argument "version" it prints both releases.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/siderolabs/image-factory/pkg/schematic"
	yaml3 "go.yaml.in/yaml/v3"
)

type question struct {
	Schematic string `json:"schematic"`
}

type answer struct {
	ID        string `json:"id,omitempty"`
	Canonical string `json:"canonical,omitempty"`
	Version3  string `json:"version3,omitempty"`
	Error     string `json:"error,omitempty"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println(releases())
		return
	}
	if err := answerAll(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answerAll() error {
	input := bufio.NewReader(os.Stdin)
	output := bufio.NewWriter(os.Stdout)
	questions := json.NewDecoder(input)
	answers := json.NewEncoder(output)
	answers.SetEscapeHTML(false)

	for questions.More() {
		var asked question
		if err := questions.Decode(&asked); err != nil {
			return err
		}
		if err := answers.Encode(look(asked.Schematic)); err != nil {
			return err
		}
	}
	return output.Flush()
}

// look is what the factory does when a schematic is posted.
func look(text string) (found answer) {
	defer func() {
		if broken := recover(); broken != nil {
			found = answer{Error: fmt.Sprint("panic: ", broken)}
		}
	}()

	parsed, err := schematic.Unmarshal([]byte(text))
	if err != nil {
		return answer{Error: err.Error()}
	}
	id, err := parsed.ID()
	if err != nil {
		return answer{Error: err.Error()}
	}
	canonical, err := parsed.Marshal()
	if err != nil {
		return answer{Error: err.Error()}
	}
	version3, err := yaml3.Marshal(parsed)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{ID: id, Canonical: string(canonical), Version3: string(version3)}
}

// releases names the libraries of which the program is made.
func releases() (text string) {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/siderolabs/image-factory" || module.Path == "go.yaml.in/yaml/v4" {
			text += module.Path + " " + module.Version + "\n"
		}
	}
	return text
}
