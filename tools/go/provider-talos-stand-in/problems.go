package main

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// problems are the errors and warnings of one call.
type problems []*tfprotov6.Diagnostic

func (p *problems) fail(summary, detail string) {
	*p = append(*p, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: detail})
}

func (p *problems) failAt(attribute, summary, detail string) {
	p.fail(summary, detail)
	(*p)[len(*p)-1].Attribute = tftypes.NewAttributePath().WithAttributeName(attribute)
}

func (p *problems) warn(summary, detail string) {
	*p = append(*p, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: summary, Detail: detail})
}

func (p problems) failed() bool {
	for _, one := range p {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}
	return false
}
