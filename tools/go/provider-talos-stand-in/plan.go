package main

import (
	"reflect"
)

// resource is how one type of resource behaves.
type resource struct {
	// rules are what the provider refuses before a plan.
	rules func(config object, p *problems)
	// defaults of attributes that are not set; of a nested attribute they are an object, and hold where the attribute is set.
	defaults object
	// keep names the computed attributes that keep their value when something else changes.
	keep []string
	// modify is the last word on a plan.
	modify func(c *change, p *problems)
	// apply completes the planned state, whose write-only attributes are those of the configuration.
	apply func(c *change, p *problems)
	// destroy gets the last state.
	destroy func(state object, p *problems)
	// importing makes a state of an id.
	importing func(id string, p *problems) object
}

// change is a resource from one state to the next.
type change struct {
	// config as written, with the write-only attributes.
	config object
	// prior state; nil when the resource is created.
	prior object
	// planned state, to be completed.
	planned object
	// replace names the attributes whose change needs a new resource.
	replace []string
}

func (c *change) creates() bool {
	return c.prior == nil
}

// effective is the value of an attribute that has a write-only twin, whichever is set.
func (c *change) effective(name string) any {
	if twin := c.config[name+"_wo"]; twin != nil {
		return twin
	}
	return c.config[name]
}

// plan says what a resource will be, in the way of the framework that the provider is written with.
func (r *resource) plan(attributes map[string]attribute, config, prior, proposed object, p *problems) *change {
	c := &change{config: config, prior: prior, planned: clone(proposed).(object)}
	applyDefaults(c.planned, config, r.defaults)
	forgetWriteOnly(attributes, c.planned)
	if c.creates() || !reflect.DeepEqual(c.planned, prior) {
		for name, a := range attributes {
			if _, hasDefault := r.defaults[name]; a.Computed && config[name] == nil && !hasDefault {
				c.planned[name] = unknown
			}
		}
		for _, name := range r.keep {
			if !c.creates() && isUnknown(c.planned[name]) && !isUnknown(config[name]) {
				c.planned[name] = clone(prior[name])
			}
		}
	}
	if r.modify != nil {
		r.modify(c, p)
	}
	return c
}

func applyDefaults(planned, config, defaults object) {
	for name, value := range defaults {
		if inner, nested := value.(object); nested {
			if set, ok := config[name].(object); ok {
				applyDefaults(objectOf(planned[name]), set, inner)
			}
			continue
		}
		if config[name] == nil {
			planned[name] = value
		}
	}
}

// forgetWriteOnly removes what must never be in a plan or a state.
func forgetWriteOnly(attributes map[string]attribute, value object) {
	for name, a := range attributes {
		if a.WriteOnly {
			value[name] = nil
		}
	}
}

// unknownIn names the attributes that are not known.
func unknownIn(value object) []string {
	var names []string
	for _, name := range sortedNames(value) {
		switch v := value[name].(type) {
		case unknownValue:
			names = append(names, name)
		case object:
			for _, inner := range unknownIn(v) {
				names = append(names, name+"."+inner)
			}
		}
	}
	return names
}
