package main

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// machine is a virtual machine or template, as the list of the cluster has it.
type machine struct {
	id   int
	name string
	node string
	kind string
	pool string
	lock string
	ha   string
}

func (m *machine) path(rest string) string {
	return fmt.Sprintf("/nodes/%s/%s/%d%s", m.node, m.kind, m.id, rest)
}

func (a *api) machines() ([]*machine, error) {
	data, err := a.get("/cluster/resources?type=vm", "resources")
	if err != nil {
		return nil, err
	}
	list, _ := data.([]interface{})
	machines := []*machine{}
	for _, entry := range list {
		fields, _ := entry.(map[string]interface{})
		text := func(name string) string { value, _ := fields[name].(string); return value }
		id, _ := fields["vmid"].(float64)
		machines = append(machines, &machine{
			id: int(id), name: text("name"), node: text("node"), kind: text("type"), pool: text("pool"), lock: text("lock"), ha: text("hastate"),
		})
	}
	return machines, nil
}

type notFound struct{ what string }

func (e notFound) Error() string { return fmt.Sprintf("vm '%s' not found", e.what) }

func (a *api) machineByID(id int) (*machine, error) {
	machines, err := a.machines()
	if err != nil {
		return nil, err
	}
	for _, m := range machines {
		if m.id == id {
			return m, nil
		}
	}
	return nil, notFound{strconv.Itoa(id)}
}

func (a *api) machinesByName(name string) ([]*machine, error) {
	machines, err := a.machines()
	if err != nil {
		return nil, err
	}
	found := []*machine{}
	for _, m := range machines {
		if m.name == name {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return nil, notFound{name}
	}
	return found, nil
}

func (a *api) configuration(m *machine) (map[string]interface{}, error) {
	return a.object(m.path("/config"), "vm CONFIG")
}

// configure changes what is given and waits for it.
func (a *api) configure(m *machine, changes parameters) error {
	_, err := a.task(http.MethodPost, m.path("/config"), changes)
	return err
}

// status starts, stops or shuts down; up to three times.
func (a *api) status(m *machine, change string) (err error) {
	for try := 0; try < 3; try++ {
		if _, err = a.task(http.MethodPost, m.path("/status/"+change), nil); err == nil {
			return nil
		}
		time.Sleep(retryPause)
	}
	return err
}

func (a *api) delete(m *machine) error {
	if m.ha != "" {
		// An error here is not looked at.
		if body, err := a.send(http.MethodDelete, fmt.Sprintf("/cluster/ha/resources/%d", m.id), nil, nil); err == nil {
			if _, err := a.wait(body); err != nil {
				return err
			}
		}
	}
	_, err := a.remove(m.path(""))
	return err
}

func (a *api) convert(m *machine) error {
	ended, err := a.task(http.MethodPost, m.path("/template"), nil)
	if err == nil && ended != "OK" {
		err = errors.New("Can't convert Vm to template:" + ended)
	}
	return err
}

func (a *api) nextID() (int, error) {
	data, err := a.get("/cluster/nextid", "nextid")
	if err != nil {
		return 0, err
	}
	text, _ := data.(string)
	return strconv.Atoi(text)
}
