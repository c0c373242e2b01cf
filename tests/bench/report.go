package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// report is the table that a run prints.
type report struct {
	rows  []row
	notes []string
}

type row struct {
	name    string
	result  result
	against string
}

func (r *report) add(name string, res result, against string) {
	r.rows = append(r.rows, row{name, res, against})
}

func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func (r *report) print(w io.Writer) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "requests\tper second\tp50\tp99\tdatabase\tbytes\t")
	for _, row := range r.rows {
		fmt.Fprintf(table, "%s\t%.0f\t%s\t%s\t%.0f%%\t%d\t  %s\n", row.name, row.result.perSecond(),
			round(row.result.p50), round(row.result.p99), 100*row.result.dbShare, row.result.bytes, row.against)
	}
	_ = table.Flush() // to the terminal
	for _, note := range r.notes {
		fmt.Fprintln(w, "\n"+note)
	}
}

func round(d time.Duration) time.Duration {
	if d > 10*time.Millisecond {
		return d.Round(100 * time.Microsecond)
	}
	return d.Round(10 * time.Microsecond)
}
