package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// entry is what would have been done to a machine or to the image factory: one line of JSON in the file that the variable names.
type entry struct {
	// Type of the resource.
	Type string `json:"type"`
	// What Terraform asked for: create, update or delete.
	What string `json:"what"`
	// Node that would have been talked to.
	Node string `json:"node,omitempty"`
	// Note says more, and never a secret: the role and the mode of an applied configuration, "reset", the id of a schematic.
	Note string `json:"note,omitempty"`
}

const journalVariable = "PROXMOX_CONSTRUCTS_TALOS_STAND_IN_RECORD"

// record appends in one write, so that calls at the same time do not mix.
func record(one entry) error {
	file := os.Getenv(journalVariable)
	if file == "" {
		return nil
	}
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	journal, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("%s: %w", journalVariable, err)
	}
	defer journal.Close()
	_, err = journal.Write(append(line, '\n'))
	return err
}
